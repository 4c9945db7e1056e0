package io.cloudland.callback.config;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Reads options from environment variables, and secrets from the files that variables name.
 *
 * <p>An empty variable counts as not set. Other variables that start with {@code CALLBACK_} are ignored: Kubernetes sets
 * {@code CALLBACK_SERVICE_HOST} and the like for a service named callback.
 */
final class EnvironmentSource {

    private final Map<String, String> environment;
    private final Findings findings;

    private EnvironmentSource(Map<String, String> environment, Findings findings) {
        this.environment = environment;
        this.findings = findings;
    }

    static void read(Map<String, String> environment, Findings findings) {
        EnvironmentSource source = new EnvironmentSource(environment, findings);
        for (Option<?> option : OptionTable.WITHOUT_ENDPOINTS) {
            option.environmentName().ifPresent(name -> source.readVariable(option, name));
            option.fileVariable().ifPresent(name -> source.readFileVariable(option, name));
        }
    }

    private void readVariable(Option<?> option, String name) {
        variable(name)
                .ifPresent(text ->
                        findings.add(new Finding(option.path(), option.kind().ofText(text), Origin.environment(name))));
    }

    private void readFileVariable(Option<?> option, String name) {
        Optional<String> file = variable(name);
        boolean both = option.environmentName().flatMap(this::variable).isPresent();
        if (file.isPresent() && both) {
            wrong(option, name, "is set twice, by the variable with and without _FILE; leave one");
        } else {
            file.ifPresent(path -> readSecret(option, name, path));
        }
    }

    private void readSecret(Option<?> option, String name, String file) {
        try {
            String text = findings.files().text(Path.of(file));
            findings.add(new Finding(option.path(), text, Origin.environment(name)));
        } catch (InvalidPathException notAPath) {
            wrong(option, name, "must be in the file that the variable names; that is not a path");
        } catch (IOException failure) {
            String why = FileSource.why(Path.of(file), failure);
            wrong(option, name, "must be in the file " + Shown.quoted(file) + ", which cannot be read: " + why);
        }
    }

    private void wrong(Option<?> option, String variable, String text) {
        findings.problem(new ConfigProblem(Origin.environment(variable), option.key(), text));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }
}
