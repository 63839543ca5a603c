/*
 * Lets a waiting rank of MPICH give its processor to the others, as Open MPI's mpi_yield_when_idle does. MPICH asks UCX
 * for progress in every turn of every wait; where ranks outnumber processors, a rank that found none would otherwise go
 * on asking for a whole time slice, while the one that it waits for does not run.
 */
#include <dlfcn.h>
#include <sched.h>
#include <stddef.h>
#include <stdlib.h>

typedef unsigned progress_function(void *worker);

/* UCX's own, which this one hides. */
static progress_function *find_progress(void)
{
    /* Whoever calls has loaded it, not always for all to see: no search of the usual scope finds it then. */
    void *ucp = dlopen("libucp.so.0", RTLD_LAZY | RTLD_NOLOAD);
    void *found = ucp == NULL ? NULL : dlsym(ucp, "ucp_worker_progress");
    if (found == NULL) {
        abort();
    }
    return (progress_function *)found;
}

/* How much was done; ucp/api/ucp.h. */
unsigned ucp_worker_progress(void *worker)
{
    static progress_function *known;
    /* Threads that meet here find the same function. */
    progress_function *progress = __atomic_load_n(&known, __ATOMIC_RELAXED);
    if (progress == NULL) {
        progress = find_progress();
        __atomic_store_n(&known, progress, __ATOMIC_RELAXED);
    }
    unsigned done = progress(worker);
    if (done == 0) {
        sched_yield();
    }
    return done;
}
