#include "service.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "bulk.h"
#include "engine.h"
#include "link.h"

enum { EVENTS = 64, TICK_MS = 1, PARTITION_TICK_MS = 20 };

static bool list_needs_care(const struct emu_link *link)
{
    for (; link; link = link->next) {
        /* A hello is awaited, or a TCP connection did not take everything. */
        if (link->state == EMU_LINK_CONNECTING || link->out.start != link->out.end)
            return true;
    }
    return false;
}

static int patience_ms(const struct emu_device *dev)
{
    if (dev->sends_pending || dev->inflight || dev->reads_served || dev->credits_suspect ||
        list_needs_care(dev->outgoing) || list_needs_care(dev->incoming))
        return TICK_MS;
    return dev->config.fault.partition && dev->outgoing ? PARTITION_TICK_MS : -1;
}

/* Returns whether the peer rang: there is something for us in a ring. */
static bool read_doorbells(struct emu_device *dev, struct emu_link *link)
{
    char bytes[16];
    bool rang = false;
    for (;;) {
        ssize_t got = recv(link->fd, bytes, sizeof(bytes), MSG_DONTWAIT);
        if (got > 0) {
            rang = true;
            continue;
        }
        if (got < 0 && errno == EINTR)
            continue;
        if (got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) {
            emu_link_died_locked(dev, link);
            return true;
        }
        return rang;
    }
}

/* Returns whether it calls for a round of progress at once. */
static bool handle(struct emu_device *dev, const struct epoll_event *event)
{
    struct emu_link *link = event->data.ptr;
    if ((void *)link == (void *)&dev->wake_fd) {
        uint64_t count;
        ssize_t ignored = read(dev->wake_fd, &count, sizeof(count));
        (void)ignored;
        return true;
    }
    if ((void *)link == (void *)&dev->unix_listener) {
        emu_hello_accept_locked(dev, dev->unix_listener, &emu_wire_shm);
        return true;
    }
    if ((void *)link == (void *)&dev->tcp_listener) {
        emu_hello_accept_locked(dev, dev->tcp_listener, &emu_wire_tcp);
        return true;
    }
    if (link->state == EMU_LINK_GONE || link->fd < 0)
        return false;
    if (link->state == EMU_LINK_CONNECTING) {
        emu_hello_event_locked(dev, link);
        return true;
    }
    if (link->wire == &emu_wire_shm)
        return read_doorbells(dev, link);
    /* Progress looks at outgoing links only when something is outstanding; an end must be seen without that, too. */
    if (!link->incoming) {
        emu_link_drain_locked(dev, link);
        if (link->ended)
            emu_link_died_locked(dev, link);
    }
    return true;
}

/*
 * A TCP socket stays readable until somebody reads it. If the program does, this thread would only be in its way; and
 * if nothing can be taken now, because a completion queue is full, it must not spin.
 */
static void leave_it_to_pollers(struct emu_device *dev, uint64_t *polls, uint64_t *frames)
{
    struct timespec pause = {.tv_nsec = 500000};
    bool useless = dev->polls != *polls || dev->frames == *frames;
    *polls = dev->polls;
    *frames = dev->frames;
    if (!useless)
        return;
    emu_unlock(&dev->lock);
    nanosleep(&pause, NULL);
    emu_lock(&dev->lock);
}

static void *run(void *argument)
{
    struct emu_device *dev = argument;
    struct epoll_event events[EVENTS];
    uint64_t polls = 0, frames = 0;
    emu_lock(&dev->lock);
    while (!dev->service_stop) {
        if (dev->tcp_listener >= 0)
            leave_it_to_pollers(dev, &polls, &frames);
        int patience = patience_ms(dev);
        dev->service_idle = patience < 0;
        emu_unlock(&dev->lock);
        int count = epoll_wait(dev->epoll_fd, events, EVENTS, patience);
        atomic_store_explicit(&dev->service_waiting, true, memory_order_relaxed);
        emu_lock(&dev->lock);
        atomic_store_explicit(&dev->service_waiting, false, memory_order_relaxed);
        dev->service_idle = false;
        for (int i = 0; i < count; i++)
            handle(dev, &events[i]);
        emu_links_check_locked(dev, emu_now());
        emu_progress_locked(dev);
        emu_bulk_serve_locked(dev);
        while (dev->graveyard) {
            struct emu_link *link = dev->graveyard;
            dev->graveyard = link->next;
            free(link);
        }
    }
    emu_unlock(&dev->lock);
    return NULL;
}

static int watch(struct emu_device *dev, int *fd)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = fd};
    return *fd < 0 || !epoll_ctl(dev->epoll_fd, EPOLL_CTL_ADD, *fd, &event) ? 0 : errno;
}

int emu_service_start(struct emu_device *dev)
{
    sigset_t all, before;
    int error = 0;
    dev->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    dev->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (dev->epoll_fd < 0 || dev->wake_fd < 0)
        return errno;
    int *const watched[] = {&dev->wake_fd, &dev->unix_listener, &dev->tcp_listener};
    for (unsigned i = 0; !error && i < 3; i++)
        error = watch(dev, watched[i]);
    if (error)
        return error;
    dev->service_stop = false;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    error = pthread_create(&dev->service, NULL, run, dev);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!error)
        pthread_setname_np(dev->service, "efa-emulator");
    return error;
}

static void wake(struct emu_device *dev)
{
    uint64_t one = 1;
    ssize_t ignored = write(dev->wake_fd, &one, sizeof(one));
    (void)ignored;
}

void emu_service_wake_locked(struct emu_device *dev)
{
    if (!dev->service_idle)
        return;
    dev->service_idle = false;
    wake(dev);
}

void emu_service_stop(struct emu_device *dev)
{
    emu_lock(&dev->lock);
    dev->service_stop = true;
    wake(dev);
    emu_unlock(&dev->lock);
    pthread_join(dev->service, NULL);
}
