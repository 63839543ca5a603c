/*
 * How links begin. The opener connects and says hello; over a Unix socket it passes the memory of the rings and of its
 * shared state. The other side's service thread answers with a hello and its own shared state, whether or not its
 * program polls. Unix sockets are in the abstract namespace: no file is left behind, whatever ends a process.
 */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#include "link.h"
#include "service.h"

enum { MAGIC = 0x57454641, VERSION = 2, BACKLOG = 4096 };

struct hello {
    uint32_t magic;
    uint32_t version;
    uint32_t job;
    uint16_t node, slot;
    uint16_t target_node, target_slot;
    uint32_t unused;
    uint64_t probe_address, probe_value;
};

static socklen_t unix_name(const struct emu_device *dev, uint16_t node, uint16_t slot, struct sockaddr_un *name)
{
    memset(name, 0, sizeof(*name));
    name->sun_family = AF_UNIX;
    int length = snprintf(name->sun_path + 1, sizeof(name->sun_path) - 1, "weft-efa-emulator/%u/%s/%u/%u",
        (unsigned)getuid(), dev->config.job, node, slot);
    return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)length);
}

int emu_hello_listen_unix(struct emu_device *dev, uint16_t node, uint16_t slot, int *fd)
{
    struct sockaddr_un name;
    socklen_t length = unix_name(dev, node, slot, &name);
    *fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (*fd < 0)
        return errno;
    if (bind(*fd, (struct sockaddr *)&name, length) || listen(*fd, BACKLOG)) {
        int error = errno;
        close(*fd);
        *fd = -1;
        return error;
    }
    return 0;
}

static void tcp_name(const struct emu_host *host, uint16_t slot, struct sockaddr_storage *name)
{
    *name = host->address;
    uint16_t port = htons((uint16_t)(host->port + slot));
    if (name->ss_family == AF_INET)
        ((struct sockaddr_in *)name)->sin_port = port;
    else
        ((struct sockaddr_in6 *)name)->sin6_port = port;
}

int emu_hello_listen_tcp(struct emu_device *dev, uint16_t node, uint16_t slot, int *fd)
{
    const struct emu_host *host = emu_config_host(&dev->config, node);
    struct sockaddr_storage name;
    int on = 1;
    tcp_name(host, slot, &name);
    *fd = socket(name.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (*fd < 0)
        return errno;
    setsockopt(*fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(*fd, (struct sockaddr *)&name, host->length) || listen(*fd, BACKLOG)) {
        int error = errno;
        close(*fd);
        *fd = -1;
        return error;
    }
    return 0;
}

static void tune_tcp(int fd)
{
    int on = 1, idle = 1, interval = 1, probes = 3;
    unsigned user_timeout_ms = 4000;
    /* The kernel's word is what counts as the peer's sign of life: it answers for a stopped process too, as a card
     * would. */
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(idle));
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof(interval));
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &probes, sizeof(probes));
    setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &user_timeout_ms, sizeof(user_timeout_ms));
}

static bool send_hello(struct emu_device *dev, struct emu_link *link, const int *fds, unsigned count)
{
    struct hello hello = {
        .magic = MAGIC,
        .version = VERSION,
        .job = dev->job_hash,
        .node = dev->node,
        .slot = dev->slot,
        .target_node = link->node,
        .target_slot = link->slot,
        .probe_address = (uintptr_t)&dev->probe,
        .probe_value = dev->probe,
    };
    struct iovec iov = {.iov_base = &hello, .iov_len = sizeof(hello)};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(2 * sizeof(int))];
    } control;
    struct msghdr message = {.msg_iov = &iov, .msg_iovlen = 1};
    if (count) {
        memset(&control, 0, sizeof(control));
        message.msg_control = &control;
        message.msg_controllen = CMSG_SPACE(count * sizeof(int));
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(count * sizeof(int));
        memcpy(CMSG_DATA(header), fds, count * sizeof(int));
    }
    return sendmsg(link->fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)sizeof(hello);
}

/* false: not there. true with fd -1: to be tried again, as the listener's queue is full. */
static bool begin_unix(struct emu_device *dev, struct emu_link *link)
{
    struct sockaddr_un name;
    socklen_t length = unix_name(dev, link->node, link->slot, &name);
    int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return false;
    if (connect(fd, (struct sockaddr *)&name, length)) {
        bool again = errno == EAGAIN;
        link->refused = errno == ECONNREFUSED;
        close(fd);
        return again;
    }
    link->fd = fd;
    if (!link->memory && !emu_shm_create(link))
        return false;
    int fds[2] = {link->memory_fd, dev->shared_fd};
    if (!send_hello(dev, link, fds, 2))
        return false;
    close(link->memory_fd);
    link->memory_fd = -1;
    return true;
}

static bool begin_tcp(struct emu_device *dev, struct emu_link *link)
{
    const struct emu_host *host = emu_config_host(&dev->config, link->node);
    struct sockaddr_storage name;
    if (!host)
        return false;
    tcp_name(host, link->slot, &name);
    link->fd = socket(name.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (link->fd < 0)
        return false;
    tune_tcp(link->fd);
    if (connect(link->fd, (struct sockaddr *)&name, host->length) && errno != EINPROGRESS) {
        link->refused = errno == ECONNREFUSED;
        return false;
    }
    link->fd_connecting = true;
    return true;
}

bool emu_hello_begin_locked(struct emu_device *dev, struct emu_link *link)
{
    bool unix_socket = link->wire == &emu_wire_shm;
    if (!(unix_socket ? begin_unix(dev, link) : begin_tcp(dev, link)))
        return false;
    if (link->fd < 0)
        return true;
    struct epoll_event event = {
        .events = EPOLLIN | EPOLLRDHUP | (link->fd_connecting ? EPOLLOUT : 0), .data.ptr = link};
    if (epoll_ctl(dev->epoll_fd, EPOLL_CTL_ADD, link->fd, &event))
        return false;
    dev->counters.links++;
    return true;
}

void emu_hello_accept_locked(struct emu_device *dev, int listener, const struct emu_wire *wire)
{
    int fd;
    while ((fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0) {
        struct ucred credentials = {0};
        socklen_t size = sizeof(credentials);
        bool foreign = wire == &emu_wire_shm &&
                       (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size) || credentials.uid != getuid());
        struct emu_link *link = foreign ? NULL : emu_link_add_incoming_locked(dev, wire, fd);
        if (!link) {
            close(fd);
            continue;
        }
        if (wire == &emu_wire_tcp)
            tune_tcp(fd);
        struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP, .data.ptr = link};
        if (epoll_ctl(dev->epoll_fd, EPOLL_CTL_ADD, fd, &event))
            emu_link_died_locked(dev, link);
        else
            emu_hello_event_locked(dev, link);
    }
}

/* 1: there; 0: not yet; -1: the link is no good. *count is how many of the two fds came. */
static int receive_hello(struct emu_link *link, struct hello *hello, int fds[2], unsigned *count)
{
    struct iovec iov = {.iov_base = hello, .iov_len = sizeof(*hello)};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(2 * sizeof(int))];
    } control;
    struct msghdr message = {
        .msg_iov = &iov, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control)};
    int flags = MSG_DONTWAIT | MSG_CMSG_CLOEXEC;
    *count = 0;
    if (link->wire == &emu_wire_tcp) {
        /* A stream may bring it in pieces: it is left there until it is whole. */
        ssize_t held = recv(link->fd, hello, sizeof(*hello), MSG_DONTWAIT | MSG_PEEK);
        if (held > 0 && held < (ssize_t)sizeof(*hello))
            return 0;
    }
    ssize_t got = recvmsg(link->fd, &message, flags);
    if (got < 0)
        return errno == EAGAIN || errno == EINTR ? 0 : -1;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); got && header; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
            *count = (unsigned)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
            memcpy(fds, CMSG_DATA(header), *count * sizeof(int));
        }
    }
    return got == (ssize_t)sizeof(*hello) ? 1 : -1;
}

static bool right_peer(const struct emu_device *dev, const struct emu_link *link, const struct hello *hello)
{
    if (hello->magic != MAGIC || hello->version != VERSION || hello->job != dev->job_hash ||
        hello->target_node != dev->node || hello->target_slot != dev->slot || hello->slot >= EMU_MAX_SLOT)
        return false;
    return link->incoming || (hello->node == link->node && hello->slot == link->slot);
}

/* Whether this process may read the peer's memory: tried on a word whose value the peer has told. */
static void probe_memory(const struct emu_device *dev, struct emu_link *link, const struct hello *hello)
{
    struct ucred credentials = {0};
    socklen_t size = sizeof(credentials);
    uint64_t value = 0;
    struct iovec here = {.iov_base = &value, .iov_len = sizeof(value)};
    struct iovec there = {.iov_base = (void *)(uintptr_t)hello->probe_address, .iov_len = sizeof(value)};
    link->vm = false;
    if (dev->config.rdma == EMU_RDMA_COPY)
        return;
    /* A peer in a PID namespace that this process does not see has the pid 0. */
    if (!getsockopt(link->fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size) && credentials.pid > 0) {
        link->pid = credentials.pid;
        link->vm = process_vm_readv(link->pid, &here, 1, &there, 1, 0) == (ssize_t)sizeof(value) &&
                   value == hello->probe_value;
    }
    if (!link->vm && dev->config.rdma == EMU_RDMA_VM)
        emu_config_fail(
            "WEFT_EFA_RDMA", "vm", "is impossible: a peer's memory cannot be read from this process", "auto or copy");
}

static bool adopt(struct emu_device *dev, struct emu_link *link, const struct hello *hello, int fds[2], unsigned count)
{
    unsigned expected = link->wire == &emu_wire_tcp ? 0 : link->incoming ? 2 : 1;
    if (count != expected || !right_peer(dev, link, hello)) {
        for (unsigned i = 0; i < count; i++)
            close(fds[i]);
        return false;
    }
    if (link->incoming) {
        link->node = hello->node;
        link->slot = hello->slot;
        if (!count)
            return send_hello(dev, link, NULL, 0);
        if (!emu_shm_adopt_rings(link, fds[0])) {
            close(fds[1]);
            return false;
        }
        if (!emu_shm_adopt_peer(link, fds[1]))
            return false;
        /* It may have sent and ended already: then there is nobody to answer, but still something to deliver. */
        send_hello(dev, link, &dev->shared_fd, 1);
        return true;
    }
    if (!count)
        return true;
    if (!emu_shm_adopt_peer(link, fds[0]))
        return false;
    probe_memory(dev, link, hello);
    return true;
}

void emu_hello_event_locked(struct emu_device *dev, struct emu_link *link)
{
    struct hello hello;
    int fds[2] = {-1, -1};
    unsigned count;
    if (link->fd_connecting) {
        int error = 0;
        socklen_t size = sizeof(error);
        struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP, .data.ptr = link};
        if (getsockopt(link->fd, SOL_SOCKET, SO_ERROR, &error, &size) || error || !send_hello(dev, link, NULL, 0)) {
            link->refused = error == ECONNREFUSED;
            emu_link_died_locked(dev, link);
            return;
        }
        link->fd_connecting = false;
        epoll_ctl(dev->epoll_fd, EPOLL_CTL_MOD, link->fd, &event);
    }
    int result = receive_hello(link, &hello, fds, &count);
    link->refused = result < 0; /* its host says that it has ended */
    if (result < 0 || (result > 0 && !adopt(dev, link, &hello, fds, count)))
        emu_link_died_locked(dev, link);
    else if (result > 0)
        link->state = EMU_LINK_READY;
}
