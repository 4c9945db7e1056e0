package io.cloudland.callback.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.tomlj.TomlTable;

/** Reads the {@code [callback]} tree of a TOML file; other tables are somebody else's. */
final class FileSource {

    private final Origin file;
    private final Findings findings;

    private FileSource(Path path, Findings findings) {
        this.file = Origin.file(path.toString());
        this.findings = findings;
    }

    static void read(Path path, Findings findings) {
        FileSource source = new FileSource(path, findings);
        try {
            source.read(TomlText.parse(findings.files().read(path)));
        } catch (IOException failure) {
            source.unreadable(why(path, failure));
        }
    }

    /** Why a file cannot be read, in the words of an operator. */
    static String why(Path path, IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "the user of this process may not read it";
        }
        return Files.isDirectory(path)
                ? "it is a directory"
                : failure.getClass().getSimpleName();
    }

    private void unreadable(String why) {
        findings.incomplete();
        String remedy = "make it readable, or name another file";
        findings.problem(new ConfigProblem(file, "", "cannot be read: " + why + "; " + remedy));
    }

    private void read(TomlText text) {
        if (text.errors().isEmpty()) {
            read(text.table());
        } else {
            findings.incomplete();
            text.errors()
                    .forEach(error -> findings.problem(
                            new ConfigProblem(file.at(error.line(), error.column()), "", error.text())));
        }
    }

    private void read(TomlTable table) {
        if (!table.contains(List.of(TreeSource.ROOT))) {
            suspectSlip(table);
        }
        new TreeSource(findings, new TomlPlaces(file, table, 0)).read(TomlJson.object(table));
    }

    private void suspectSlip(TomlTable table) {
        table.keySet().stream()
                .filter(key -> Nearest.distance(key, TreeSource.ROOT) <= 2)
                .map(List::of)
                .forEach(path ->
                        findings.suspicion(ConfigProblem.unknown(path, new TomlPlaces(file, table, 0).key(path))));
    }
}
