package io.cloudland.callback.config;

import io.cloudland.callback.model.Secret;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads the secrets that stand in files of their own, named in an endpoint's table, as by {@code api_key_file}. */
final class SecretFiles {

    private final Findings findings;

    private SecretFiles(Findings findings) {
        this.findings = findings;
    }

    /** Puts each secret into the place of the option that names its file, so that a later source still wins. */
    static void read(Findings findings) {
        SecretFiles files = new SecretFiles(findings);
        List<Finding> expanded = new ArrayList<>();
        for (Finding finding : findings.values()) {
            expanded.add(finding);
            EndpointOptions.inFile().forEach((file, secret) -> {
                if (file.matches(finding.path()) && finding.value() instanceof String path) {
                    files.read(finding, path, secret, expanded::add);
                }
            });
        }
        findings.replaceAll(expanded);
    }

    private void read(Finding finding, String file, Option<Secret> secret, Consumer<Finding> found) {
        List<String> path = secret.path(EndpointOptions.nameIn(finding.path()));
        if (isSetBeside(path, finding)) {
            wrong(finding, "is set twice, by " + secret.name() + " and by " + secret.name() + "_file; leave one");
            return;
        }
        try {
            found.accept(new Finding(path, findings.files().text(Path.of(file)), finding.origin()));
        } catch (InvalidPathException notAPath) {
            wrong(finding, "must be the path of a file");
        } catch (IOException failure) {
            String why = FileSource.why(Path.of(file), failure);
            String kind = secret.name().endsWith("password") ? "password" : "key";
            wrong(
                    finding,
                    "must be a file with the " + kind + ", was " + Shown.quoted(file) + ", which cannot be read: "
                            + why);
        }
    }

    private boolean isSetBeside(List<String> path, Finding finding) {
        return findings.values().stream()
                .anyMatch(other -> other.path().equals(path)
                        && other.origin().layer() == finding.origin().layer());
    }

    private void wrong(Finding finding, String text) {
        findings.problem(new ConfigProblem(finding.origin(), finding.key(), text));
    }
}
