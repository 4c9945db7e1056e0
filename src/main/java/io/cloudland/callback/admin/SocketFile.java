package io.cloudland.callback.admin;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix domain socket that only the user of this process may open. Every method blocks.
 *
 * <p>The socket is bound inside a directory that nobody else may enter, gets its permissions there, and is then moved to
 * its place: so there is no moment at which another user could connect, whatever the umask, and a file that a killed
 * process left behind is replaced in one step. One that a process still listens on, or that is no socket, is left alone.
 */
public final class SocketFile {

    private final String option;
    private final Path path;
    private final boolean posix;
    private final Path staged;
    private @Nullable Object identity;

    SocketFile(Path path) {
        this("callback.admin.socket", path);
    }

    /** @param option the key that names the path, for messages */
    public SocketFile(String option, Path path) {
        this.option = option;
        this.path = path;
        this.posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        this.staged = posix ? directory().resolve(shortName()).resolve("s") : path;
    }

    private Path directory() {
        return path.resolveSibling("");
    }

    /** Short, as the whole path has to stay within about 100 bytes; random, as it must not be there yet. */
    private static String shortName() {
        int sixHexDigits = ThreadLocalRandom.current().nextInt(1 << 24);
        return "." + Integer.toString(sixHexDigits, Character.MAX_RADIX);
    }

    /** Makes ready for the socket and says where to bind it. */
    public Path stage() throws IOException {
        makeDirectory();
        refuseUnlessFree();
        if (posix) {
            Files.createDirectory(staged.resolveSibling(""), mode("rwx------"));
        } else {
            Files.deleteIfExists(path);
        }
        return staged;
    }

    private void makeDirectory() throws IOException {
        Path directory = directory().toAbsolutePath();
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, posix ? new FileAttribute<?>[] {mode("rwx------")} : new FileAttribute<?>[0]);
        }
    }

    private static FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private void refuseUnlessFree() throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!attributes().isOther()) {
            throw refused("is there already and is no socket; it is left alone. Name another path");
        }
        if (isListenedOn()) {
            throw refused("is in use by another service; it is left alone. Give each service its own path");
        }
    }

    private BasicFileAttributes attributes() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private CallbackException refused(String why) {
        return new CallbackException(ErrorCode.CONFIG_INVALID, option + " " + path + " " + why);
    }

    /** Only a refused connection shows that nobody listens; a queue that is full, for one, shows that somebody does. */
    private boolean isListenedOn() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.configureBlocking(false);
            channel.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (ConnectException nobodyThere) {
            return false;
        } catch (IOException somebodyElses) {
            return true;
        }
    }

    /** After the bind: moves the socket to its place. */
    public void publish() throws IOException {
        if (posix) {
            Files.setPosixFilePermissions(staged, PosixFilePermissions.fromString("rw-------"));
            Files.move(staged, path, StandardCopyOption.ATOMIC_MOVE);
        }
        identity = attributes().fileKey();
        discard();
    }

    /** Removes what {@link #stage} made, where it is still there. */
    public void discard() throws IOException {
        if (posix) {
            Files.deleteIfExists(staged);
            Files.deleteIfExists(staged.resolveSibling(""));
        }
    }

    /** Removes the socket, unless another process has put its own in this place. */
    public void remove() throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && Objects.equals(identity, attributes().fileKey())) {
            Files.delete(path);
        }
    }
}
