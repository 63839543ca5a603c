/* The wire between processes of one host: two rings in a memfd that the opener makes and passes over the socket. */
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "link.h"

static struct emu_frame *reserve(struct emu_link *link, uint32_t payload)
{
    return emu_ring_reserve(&link->tx, (uint32_t)sizeof(struct emu_frame) + payload);
}

static void commit(struct emu_link *link)
{
    emu_ring_commit(&link->tx);
}

static struct emu_frame *peek(struct emu_link *link)
{
    uint32_t length;
    struct emu_frame *frame = emu_ring_peek(&link->rx, &length);
    if (frame && (length < sizeof(*frame) || length - sizeof(*frame) < frame->length)) {
        link->rx.broken = true;
        return NULL;
    }
    return frame;
}

static void consume(struct emu_link *link)
{
    emu_ring_consume(&link->rx);
}

static void flush(struct emu_link *link, bool ring)
{
    /* Pairs with the fence after armed is raised: either we see it, or the peer sees the frame. */
    atomic_thread_fence(memory_order_seq_cst);
    if ((ring || atomic_load_explicit(&link->peer->armed, memory_order_relaxed)) && link->fd >= 0) {
        /* A full socket means that doorbells are waiting already. */
        ssize_t ignored = send(link->fd, "", 1, MSG_DONTWAIT | MSG_NOSIGNAL);
        (void)ignored;
    }
}

static void release(struct emu_link *link)
{
    emu_ring_tx_fini(&link->tx);
    if (link->memory)
        munmap(link->memory, link->memory_size);
    if (link->peer)
        munmap(link->peer, sizeof(*link->peer));
    if (link->memory_fd >= 0)
        close(link->memory_fd);
    free(link->seen);
    link->seen = NULL;
    link->memory = NULL;
    link->claims = NULL;
    link->peer = NULL;
    link->memory_fd = -1;
    link->vm = false;
}

const struct emu_wire emu_wire_shm = {"shm", reserve, commit, peek, consume, flush, release};

static size_t memory_size(void)
{
    return emu_ring_size(EMU_FORWARD_CHUNKS) + emu_ring_size(EMU_REVERSE_CHUNKS) + sizeof(struct emu_claims);
}

static bool map(struct emu_link *link, int fd)
{
    link->memory_size = memory_size();
    void *memory = mmap(NULL, link->memory_size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd, 0);
    if (memory == MAP_FAILED)
        return false;
    link->memory = memory;
    char *forward = memory, *reverse = forward + emu_ring_size(EMU_FORWARD_CHUNKS);
    link->claims = (struct emu_claims *)(reverse + emu_ring_size(EMU_REVERSE_CHUNKS));
    if (link->incoming) {
        emu_ring_rx_init(&link->rx, forward, EMU_FORWARD_CHUNKS);
        return emu_ring_tx_init(&link->tx, reverse, EMU_REVERSE_CHUNKS);
    }
    emu_ring_rx_init(&link->rx, reverse, EMU_REVERSE_CHUNKS);
    link->seen = calloc(EMU_MAX_QP, sizeof(*link->seen));
    return link->seen && emu_ring_tx_init(&link->tx, forward, EMU_FORWARD_CHUNKS);
}

bool emu_shm_create(struct emu_link *link)
{
    int fd = memfd_create("efa-emulator-rings", MFD_CLOEXEC);
    if (fd < 0)
        return false;
    if (ftruncate(fd, (off_t)memory_size()) || !map(link, fd)) {
        close(fd);
        return false;
    }
    link->memory_fd = fd;
    return true;
}

static bool has_size(int fd, size_t size)
{
    struct stat status;
    return !fstat(fd, &status) && (size_t)status.st_size >= size;
}

bool emu_shm_adopt_rings(struct emu_link *link, int fd)
{
    bool good = has_size(fd, memory_size()) && map(link, fd);
    close(fd);
    return good;
}

bool emu_shm_adopt_peer(struct emu_link *link, int fd)
{
    void *memory = MAP_FAILED;
    if (has_size(fd, sizeof(*link->peer)))
        memory = mmap(NULL, sizeof(*link->peer), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd, 0);
    close(fd);
    if (memory == MAP_FAILED)
        return false;
    link->peer = memory;
    return link->peer->version == EMU_SHARED_VERSION;
}
