#include "child.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

static void run(int in, int out, char *const argv[], const char *variable, const char *value)
{
    /* What the parent inherited decides the numbers of the pipes: one may be where the other shall go. */
    in = fcntl(in, F_DUPFD_CLOEXEC, CHILD_OUT + 1);
    out = fcntl(out, F_DUPFD_CLOEXEC, CHILD_OUT + 1);
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* a parent that found a fault just ends */
    if (dup2(in, CHILD_IN) == CHILD_IN && dup2(out, CHILD_OUT) == CHILD_OUT && !setenv(variable, value, 1))
        execv("/proc/self/exe", argv);
    _exit(127);
}

struct child child_start(char *const argv[], const char *variable, const char *value)
{
    struct child child = {.pid = -1, .in = -1, .out = -1};
    int down[2], up[2];
    if (pipe2(down, O_CLOEXEC))
        return child;
    if (pipe2(up, O_CLOEXEC)) {
        close(down[0]);
        close(down[1]);
        return child;
    }
    child.pid = fork();
    if (!child.pid)
        run(down[0], up[1], argv, variable, value);
    close(down[0]);
    close(up[1]);
    child.in = up[0];
    child.out = down[1];
    return child;
}
