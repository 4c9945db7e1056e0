package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Why the store cannot be opened, in words that say what to do. */
final class OpenProblems {

    private OpenProblems() {}

    /** Makes the directory, and fails where it cannot be one to write to. */
    static void prepare(Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw unusable(path, "it is a file, not a directory", null);
        }
        try {
            NewDirectory.make(path);
        } catch (IOException e) {
            throw unusable(path, "it cannot be created (" + e + ")", e);
        }
        if (!Files.isWritable(path)) {
            throw unusable(path, "this process may not write to it", null);
        }
    }

    private static CallbackException unusable(
            Path path, String why, @org.jspecify.annotations.Nullable IOException cause) {
        String text = "the store cannot be kept in " + path.toAbsolutePath() + ": " + why
                + "; set callback.store.path to a directory that this process may write to";
        return cause == null
                ? new CallbackException(ErrorCode.CONFIG_INVALID, text)
                : new CallbackException(ErrorCode.CONFIG_INVALID, text, cause);
    }

    static CallbackException of(Path path, Throwable failure) {
        if (failure instanceof CallbackException ours) {
            return ours;
        }
        if (failure instanceof RocksDBException rocks) {
            return ofRocks(path.toAbsolutePath(), rocks);
        }
        if (failure instanceof LinkageError
                || String.valueOf(failure.getMessage()).contains("rocksdbjni")) {
            return noLibrary(failure);
        }
        return damaged(path.toAbsolutePath(), failure);
    }

    private static CallbackException ofRocks(Path path, RocksDBException failure) {
        String text = String.valueOf(failure.getMessage());
        Status status = failure.getStatus();
        Status.Code code = status == null ? Status.Code.Undefined : status.getCode();
        if (text.contains("lock hold by current process") || text.contains("While lock file")) {
            return inUse(path, failure);
        }
        if (text.contains("No space left")) {
            return new CallbackException(
                    ErrorCode.STORE_FAILED,
                    "the store in " + path + " cannot be opened, the disk is full; free some space and start again;"
                            + " nothing that was accepted is lost",
                    failure);
        }
        return code == Status.Code.IOError && !text.contains("No such file")
                ? io(path, failure)
                : damaged(path, failure);
    }

    private static CallbackException inUse(Path path, RocksDBException failure) {
        return new CallbackException(
                ErrorCode.STORE_FAILED,
                "the store in " + path + " is in use by another service, in this process or another; stop that one, or"
                        + " give this one a callback.store.path of its own",
                failure);
    }

    private static CallbackException io(Path path, RocksDBException failure) {
        return new CallbackException(
                ErrorCode.STORE_FAILED,
                "the store in " + path + " cannot be opened: " + failure.getMessage()
                        + "; see to it that this process may read and write every file there, and start again",
                failure);
    }

    private static CallbackException damaged(Path path, Throwable failure) {
        return new CallbackException(
                ErrorCode.STORE_FAILED,
                "the store in " + path + " is damaged: " + failure.getMessage() + "; restore that directory from a"
                        + " backup, or move it away to start with an empty store: what waits in it is then not delivered,"
                        + " and sequences start anew in a new epoch; nothing was changed",
                failure);
    }

    private static CallbackException noLibrary(Throwable failure) {
        return new CallbackException(
                ErrorCode.CONFIG_INVALID,
                "callback.store.type = \"rocksdb\" does not work here: the native library for "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch") + " cannot be loaded ("
                        + failure + "); java.io.tmpdir must be writable and allow execution; the fat jar carries Linux"
                        + " with glibc, macOS and Windows, for others run the thin jar with rocksdbjni beside it, or set"
                        + " another type",
                failure);
    }
}
