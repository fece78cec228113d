/* Counts the calls by which a process changes what is on disk, and kills or stops the process at one of
 * them. Preloaded:
 *
 *   WALTZ_KILL_COUNT=FILE   write the number of calls to FILE when the process exits
 *   WALTZ_KILL_AT=N         SIGKILL right before the N-th call, counted from 1
 *   WALTZ_KILL_TORN=1       if that call writes, write the first half of its bytes and then kill
 *   WALTZ_KILL_TRACE=FILE   append the number and the name of every call to FILE
 *   WALTZ_STOP_AT=N         SIGSTOP right before the N-th call
 *   WALTZ_STOP_AFTER=N      so many microseconds later, wherever the process then is
 *   WALTZ_HURRY=N           the time and the uptime of the machine go N times as fast
 *   WALTZ_HURRY_FROM=N      since this time, in nanoseconds; the same for processes that are to agree
 *
 * Writes count only to regular files: what goes to a terminal, a pipe or a socket is not on disk. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static atomic_long calls;
static long kill_at;
static int torn;
static char count_file[4096];
static int trace_descriptor = -1;
static pid_t owner;
static long stop_at;
static long stop_after;
static long hurry;
static long long hurry_from;

/* The tool's own output must not go through the wrappers, hence the system calls themselves. */
static void put(int descriptor, const char *text) {
  syscall(SYS_write, descriptor, text, strlen(text));
}

__attribute__((constructor)) static void begin(void) {
  const char *value = getenv("WALTZ_KILL_AT");
  kill_at = value ? atol(value) : 0;
  value = getenv("WALTZ_KILL_TORN");
  torn = value && *value == '1';
  value = getenv("WALTZ_KILL_COUNT");
  if (value && strlen(value) < sizeof count_file) strcpy(count_file, value);
  value = getenv("WALTZ_KILL_TRACE");
  if (value) {
    trace_descriptor = (int)syscall(
        SYS_openat, AT_FDCWD, value, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
  owner = getpid();
  stop_at = (value = getenv("WALTZ_STOP_AT")) ? atol(value) : 0;
  stop_after = (value = getenv("WALTZ_STOP_AFTER")) ? atol(value) : 0;
  hurry_from = (value = getenv("WALTZ_HURRY_FROM")) ? atoll(value) : 0;
  hurry = (value = getenv("WALTZ_HURRY")) ? atol(value) : 0;
  /* A child counts for itself only where it is preloaded on purpose. */
  unsetenv("WALTZ_KILL_AT");
  unsetenv("WALTZ_STOP_AT");
  unsetenv("WALTZ_KILL_COUNT");
}

static void record_count(void) {
  if (!count_file[0] || getpid() != owner) return;
  char text[32];
  snprintf(text, sizeof text, "%ld\n", atomic_load(&calls));
  int descriptor =
      (int)syscall(SYS_openat, AT_FDCWD, count_file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (descriptor < 0) return;
  put(descriptor, text);
  syscall(SYS_close, descriptor);
}

__attribute__((destructor)) static void end(void) { record_count(); }

static void die(void) {
  syscall(SYS_kill, getpid(), SIGKILL);
  for (;;) pause();
}

static void stop(int signal) {
  (void)signal;
  syscall(SYS_kill, getpid(), SIGSTOP);
}

/* Stops the process now, or wherever it is when the time is over. */
static void stop_soon(void) {
  if (stop_after == 0) {
    stop(0);
    return;
  }
  struct sigaction action = {.sa_handler = stop, .sa_flags = SA_RESTART};
  struct itimerval timer = {
      .it_value = {.tv_sec = stop_after / 1000000, .tv_usec = stop_after % 1000000}};
  sigaction(SIGALRM, &action, NULL);
  setitimer(ITIMER_REAL, &timer, NULL);
}

/* Counts one call; true where it is the one to die at. */
static int reached(const char *name) {
  long number = atomic_fetch_add(&calls, 1) + 1;
  if (stop_at > 0 && number == stop_at && getpid() == owner) stop_soon();
  if (trace_descriptor >= 0) {
    char text[96];
    snprintf(text, sizeof text, "%ld %s\n", number, name);
    put(trace_descriptor, text);
  }
  return kill_at > 0 && number == kill_at && getpid() == owner;
}

static void strike(const char *name) {
  if (reached(name)) die();
}

static int is_regular(int descriptor) {
  struct stat facts;
  int saved = errno;
  int answer = fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode);
  errno = saved;
  return answer;
}

#define REAL(result, name, ...)                             \
  static result (*real)(__VA_ARGS__);                       \
  if (!real) real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

ssize_t write(int descriptor, const void *bytes, size_t count) {
  REAL(ssize_t, write, int, const void *, size_t);
  if (is_regular(descriptor) && reached("write")) {
    if (torn) real(descriptor, bytes, count / 2);
    die();
  }
  return real(descriptor, bytes, count);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
  if (is_regular(descriptor) && reached("pwrite")) {
    if (torn) real(descriptor, bytes, count / 2, offset);
    die();
  }
  return real(descriptor, bytes, count, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
  REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
  if (is_regular(descriptor) && reached("pwrite64")) {
    if (torn) real(descriptor, bytes, count / 2, offset);
    die();
  }
  return real(descriptor, bytes, count, offset);
}

/* Half of a vector is its first half of buffers, and half of the only one. */
static void write_half(int descriptor, const struct iovec *vector, int count, off64_t offset) {
  if (count > 1) {
    if (offset < 0) syscall(SYS_writev, descriptor, vector, count / 2);
    else syscall(SYS_pwritev, descriptor, vector, count / 2, (long)offset, 0L);
  } else if (count == 1) {
    if (offset < 0) syscall(SYS_write, descriptor, vector->iov_base, vector->iov_len / 2);
    else syscall(SYS_pwrite64, descriptor, vector->iov_base, vector->iov_len / 2, (long)offset);
  }
}

ssize_t writev(int descriptor, const struct iovec *vector, int count) {
  REAL(ssize_t, writev, int, const struct iovec *, int);
  if (is_regular(descriptor) && reached("writev")) {
    if (torn) write_half(descriptor, vector, count, -1);
    die();
  }
  return real(descriptor, vector, count);
}

ssize_t pwritev(int descriptor, const struct iovec *vector, int count, off_t offset) {
  REAL(ssize_t, pwritev, int, const struct iovec *, int, off_t);
  if (is_regular(descriptor) && reached("pwritev")) {
    if (torn) write_half(descriptor, vector, count, offset);
    die();
  }
  return real(descriptor, vector, count, offset);
}

ssize_t pwritev64(int descriptor, const struct iovec *vector, int count, off64_t offset) {
  REAL(ssize_t, pwritev64, int, const struct iovec *, int, off64_t);
  if (is_regular(descriptor) && reached("pwritev64")) {
    if (torn) write_half(descriptor, vector, count, offset);
    die();
  }
  return real(descriptor, vector, count, offset);
}

ssize_t copy_file_range(
    int from, off64_t *from_offset, int to, off64_t *to_offset, size_t count, unsigned flags) {
  REAL(ssize_t, copy_file_range, int, off64_t *, int, off64_t *, size_t, unsigned);
  strike("copy_file_range");
  return real(from, from_offset, to, to_offset, count, flags);
}

/* stdio writes past the symbol `write`, so its flushes are cut here. */
int fflush(FILE *stream) {
  REAL(int, fflush, FILE *);
  if (stream && is_regular(fileno(stream))) strike("fflush");
  return real(stream);
}

int fclose(FILE *stream) {
  REAL(int, fclose, FILE *);
  if (is_regular(fileno(stream)) && (fcntl(fileno(stream), F_GETFL) & O_ACCMODE) != O_RDONLY)
    strike("fclose");
  return real(stream);
}

#define ON_DESCRIPTOR(name)                                 \
  int name(int descriptor) {                                \
    REAL(int, name, int);                                   \
    strike(#name);                                          \
    return real(descriptor);                                \
  }
ON_DESCRIPTOR(fsync)
ON_DESCRIPTOR(fdatasync)
ON_DESCRIPTOR(syncfs)

#define WITH_LENGTH(name, type)                             \
  int name(int descriptor, type length) {                   \
    REAL(int, name, int, type);                             \
    strike(#name);                                          \
    return real(descriptor, length);                        \
  }
WITH_LENGTH(ftruncate, off_t)
WITH_LENGTH(ftruncate64, off64_t)

int fallocate(int descriptor, int mode, off_t offset, off_t length) {
  REAL(int, fallocate, int, int, off_t, off_t);
  strike("fallocate");
  return real(descriptor, mode, offset, length);
}

int posix_fallocate(int descriptor, off_t offset, off_t length) {
  REAL(int, posix_fallocate, int, off_t, off_t);
  strike("posix_fallocate");
  return real(descriptor, offset, length);
}

int truncate(const char *path, off_t length) {
  REAL(int, truncate, const char *, off_t);
  strike("truncate");
  return real(path, length);
}

int unlink(const char *path) {
  REAL(int, unlink, const char *);
  strike("unlink");
  return real(path);
}

int unlinkat(int directory, const char *path, int flags) {
  REAL(int, unlinkat, int, const char *, int);
  strike("unlinkat");
  return real(directory, path, flags);
}

int remove(const char *path) {
  REAL(int, remove, const char *);
  strike("remove");
  return real(path);
}

int rmdir(const char *path) {
  REAL(int, rmdir, const char *);
  strike("rmdir");
  return real(path);
}

int rename(const char *from, const char *to) {
  REAL(int, rename, const char *, const char *);
  strike("rename");
  return real(from, to);
}

int renameat(int from_directory, const char *from, int to_directory, const char *to) {
  REAL(int, renameat, int, const char *, int, const char *);
  strike("renameat");
  return real(from_directory, from, to_directory, to);
}

int renameat2(
    int from_directory, const char *from, int to_directory, const char *to, unsigned flags) {
  REAL(int, renameat2, int, const char *, int, const char *, unsigned);
  strike("renameat2");
  return real(from_directory, from, to_directory, to, flags);
}

int link(const char *from, const char *to) {
  REAL(int, link, const char *, const char *);
  strike("link");
  return real(from, to);
}

int symlink(const char *target, const char *path) {
  REAL(int, symlink, const char *, const char *);
  strike("symlink");
  return real(target, path);
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, mkdir, const char *, mode_t);
  strike("mkdir");
  return real(path, mode);
}

int mkdirat(int directory, const char *path, mode_t mode) {
  REAL(int, mkdirat, int, const char *, mode_t);
  strike("mkdirat");
  return real(directory, path, mode);
}

int chmod(const char *path, mode_t mode) {
  REAL(int, chmod, const char *, mode_t);
  strike("chmod");
  return real(path, mode);
}

int fchmod(int descriptor, mode_t mode) {
  REAL(int, fchmod, int, mode_t);
  strike("fchmod");
  return real(descriptor, mode);
}

int creat(const char *path, mode_t mode) {
  REAL(int, creat, const char *, mode_t);
  strike("creat");
  return real(path, mode);
}

#define OPENING(name)                                       \
  int name(const char *path, int flags, ...) {              \
    REAL(int, name, const char *, int, ...);                \
    va_list arguments;                                      \
    va_start(arguments, flags);                             \
    mode_t mode = va_arg(arguments, mode_t);                \
    va_end(arguments);                                      \
    if (flags & (O_CREAT | O_TRUNC)) strike(#name);         \
    return real(path, flags, mode);                         \
  }
OPENING(open)
OPENING(open64)

#define OPENING_AT(name)                                    \
  int name(int directory, const char *path, int flags, ...) { \
    REAL(int, name, int, const char *, int, ...);           \
    va_list arguments;                                      \
    va_start(arguments, flags);                             \
    mode_t mode = va_arg(arguments, mode_t);                \
    va_end(arguments);                                      \
    if (flags & (O_CREAT | O_TRUNC)) strike(#name);         \
    return real(directory, path, flags, mode);              \
  }
OPENING_AT(openat)
OPENING_AT(openat64)

int clock_gettime(clockid_t clock, struct timespec *time) {
  REAL(int, clock_gettime, clockid_t, struct timespec *);
  int answer = real(clock, time);
  if (answer != 0 || hurry <= 1) return answer;
  if (clock != CLOCK_REALTIME && clock != CLOCK_BOOTTIME) return answer;
  long long from = clock == CLOCK_REALTIME ? hurry_from : 0;
  long long now = (long long)time->tv_sec * 1000000000 + time->tv_nsec;
  now = from + (now - from) * hurry;
  time->tv_sec = (time_t)(now / 1000000000);
  time->tv_nsec = (long)(now % 1000000000);
  return answer;
}
