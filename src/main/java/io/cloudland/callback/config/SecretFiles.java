package io.cloudland.callback.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads the API keys that stand in files of their own, named by {@code api_key_file} in an endpoint's table. */
final class SecretFiles {

    private final Findings findings;

    private SecretFiles(Findings findings) {
        this.findings = findings;
    }

    /** Puts each key into the place of the option that names its file, so that a later source still wins. */
    static void read(Findings findings) {
        SecretFiles files = new SecretFiles(findings);
        List<Finding> expanded = new ArrayList<>();
        for (Finding finding : findings.values()) {
            expanded.add(finding);
            if (EndpointOptions.API_KEY_FILE.matches(finding.path()) && finding.value() instanceof String file) {
                files.read(finding, file, expanded::add);
            }
        }
        findings.replaceAll(expanded);
    }

    private void read(Finding finding, String file, Consumer<Finding> found) {
        List<String> path = EndpointOptions.API_KEY.path(EndpointOptions.nameIn(finding.path()));
        if (isSetBeside(path, finding)) {
            wrong(finding, "is set twice, by api_key and by api_key_file; leave one");
            return;
        }
        try {
            found.accept(new Finding(path, Files.readString(Path.of(file)).stripTrailing(), finding.origin()));
        } catch (InvalidPathException notAPath) {
            wrong(finding, "must be the path of a file");
        } catch (IOException failure) {
            String why = FileSource.why(Path.of(file), failure);
            wrong(finding, "must be a file with the key, was " + Shown.quoted(file) + ", which cannot be read: " + why);
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
