/* A process that runs this program again, with a pipe to it and one from it. */
#ifndef CHILD_H
#define CHILD_H

#include <sys/types.h>

/* Where the child finds its ends. */
enum { CHILD_IN = 10, CHILD_OUT = 11 };

struct child {
    pid_t pid; /* -1: could not start, errno says why */
    int in, out;
};

/* The child is killed as its parent ends, and holds no end of another child's pipes. */
struct child child_start(char *const argv[], const char *variable, const char *value);

#endif
