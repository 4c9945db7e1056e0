/*
 * Writes down what of a directory has been forced onto the disk, so that a crash test can take away the rest.
 *
 *   gcc -shared -fPIC -O2 -o powerloss.so src/test/c/powerloss.c -ldl
 *   ./run.sh crash-test --rounds 10 --power-loss powerloss.so
 *
 * Preloaded into the service's JVM. POWERLOSS_DIR names the directory (no subdirectories), POWERLOSS_JOURNAL the file for
 * the notes, POWERLOSS_SIDE a directory on the same file system that keeps what is removed or replaced. One note a line:
 *
 *   C name             the file was created             S name size   so many of its bytes are on the disk
 *   R old new kept     renamed; kept is what it replaced D             the directory itself is on the disk
 *   U name kept        removed; kept in the side directory under that number ("-" for nothing)
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static atomic_int kept;

/* The name of a file directly in the directory, "" for the directory itself, NULL for everything else. */
static const char *inside(const char *path) {
    const char *dir = getenv("POWERLOSS_DIR");
    size_t length = dir ? strlen(dir) : 0;
    if (!length || strncmp(path, dir, length) != 0) {
        return NULL;
    }
    return path[length] == '\0' ? "" : path[length] == '/' ? path + length + 1 : NULL;
}

static void note(const char *format, ...) {
    static atomic_int journal = -1;
    char line[2 * PATH_MAX];
    va_list values;
    va_start(values, format);
    int length = vsnprintf(line, sizeof line, format, values);
    va_end(values);
    if (journal < 0) {
        journal = REAL(open)(getenv("POWERLOSS_JOURNAL"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    }
    if (write(journal, line, length) != length) {
        abort();
    }
}

static void keep(const char *path, char *number) {
    char side[PATH_MAX];
    sprintf(number, "%d.%d", getpid(), atomic_fetch_add(&kept, 1));
    snprintf(side, sizeof side, "%s/%s", getenv("POWERLOSS_SIDE"), number);
    if (link(path, side) != 0) {
        strcpy(number, "-");
    }
}

static int force(int fd, int (*real)(int)) {
    char link[64], path[PATH_MAX];
    struct stat before;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = '\0';
    const char *name = inside(path);
    int known = name && fstat(fd, &before) == 0; /* What is written while the call runs is not promised. */
    int result = real(fd);
    if (known && result == 0) {
        int error = errno;
        if (*name) {
            note("S %s %lld\n", name, (long long)before.st_size);
        } else {
            note("D\n");
        }
        errno = error;
    }
    return result;
}

int fsync(int fd) {
    return force(fd, REAL(fsync));
}

int fdatasync(int fd) {
    return force(fd, REAL(fdatasync));
}

static int opened(const char *path, int flags, mode_t mode) {
    const char *name = (flags & O_CREAT) ? inside(path) : NULL;
    int fresh = name && access(path, F_OK) != 0;
    int fd = REAL(open)(path, flags, mode);
    if (fresh && fd >= 0) {
        note("C %s\n", name);
    }
    return fd;
}

static mode_t mode_of(int flags, va_list rest) {
    return (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0;
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return opened(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return opened(path, flags | O_LARGEFILE, mode);
}

int rename(const char *from, const char *to) {
    const char *before = inside(from), *after = inside(to);
    char number[32] = "-";
    if (before && after) {
        keep(to, number);
    }
    int result = REAL(rename)(from, to);
    if (before && after && result == 0) {
        note("R %s %s %s\n", before, after, number);
    }
    return result;
}

int unlink(const char *path) {
    const char *name = inside(path);
    char number[32] = "-";
    if (name) {
        keep(path, number);
    }
    int result = REAL(unlink)(path);
    if (name && result == 0) {
        note("U %s %s\n", name, number);
    }
    return result;
}
