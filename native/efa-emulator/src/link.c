#include "link.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "engine.h"
#include "faults.h"
#include "service.h"

/* Longer than any pause of a live peer's service thread on a busy machine, and short enough to end within 5 s. */
#define CONNECT_NS 4000000000ull

static const struct emu_wire *wire_for(const struct emu_device *dev, uint16_t node)
{
    const struct emu_config *c = &dev->config;
    if (c->wire == EMU_WIRE_TCP)
        return &emu_wire_tcp;
    if (c->wire == EMU_WIRE_SHM || node == dev->node || !emu_config_host(c, node))
        return &emu_wire_shm;
    return &emu_wire_tcp;
}

static void release(struct emu_link *link)
{
    while (link->reads) {
        struct emu_served_read *read = link->reads;
        link->reads = read->next;
        free(read);
    }
    link->last_read = NULL;
    link->wire->release(link);
    if (link->fd >= 0)
        close(link->fd);
    link->fd = -1;
}

void emu_link_free(struct emu_link *link)
{
    release(link);
    free(link);
}

static void connect_locked(struct emu_device *dev, struct emu_link *link)
{
    link->state = EMU_LINK_CONNECTING;
    link->ended = false;
    link->fd_connecting = false;
    link->peer_partitioned = false;
    link->refused = false;
    link->partition_deadline = 0;
    link->deadline = emu_now() + CONNECT_NS;
    if (!emu_hello_begin_locked(dev, link))
        emu_link_died_locked(dev, link);
    else
        emu_service_wake_locked(dev);
}

struct emu_link *emu_link_get_locked(struct emu_device *dev, uint16_t node, uint16_t slot)
{
    struct emu_link **at = &dev->outgoing;
    while (*at && ((*at)->node != node || (*at)->slot != slot))
        at = &(*at)->next;
    struct emu_link *link = *at;
    if (!link) {
        link = calloc(1, sizeof(*link));
        if (!link)
            return NULL;
        link->wire = wire_for(dev, node);
        link->node = node;
        link->slot = slot;
        link->fd = link->memory_fd = -1;
        link->state = EMU_LINK_DEAD;
        *at = link;
    }
    /* A process may have taken the place of a dead one. */
    if (link->state == EMU_LINK_DEAD)
        connect_locked(dev, link);
    return link;
}

struct emu_link *emu_link_add_incoming_locked(struct emu_device *dev, const struct emu_wire *wire, int fd)
{
    struct emu_link *link = calloc(1, sizeof(*link));
    if (!link)
        return NULL;
    link->wire = wire;
    link->incoming = true;
    link->fd = fd;
    link->memory_fd = -1;
    link->state = EMU_LINK_CONNECTING;
    link->deadline = emu_now() + CONNECT_NS;
    link->next = dev->incoming;
    dev->incoming = link;
    return link;
}

void emu_link_retire_locked(struct emu_device *dev, struct emu_link *link)
{
    struct emu_link **at = &dev->incoming;
    while (*at != link)
        at = &(*at)->next;
    *at = link->next;
    for (struct emu_served_read *read = link->reads; read; read = read->next)
        dev->reads_served--;
    dev->credits_suspect = dev->credits_suspect || link->claims;
    release(link);
    link->state = EMU_LINK_GONE;
    /* The service thread may hold an event that names the link: it frees it. */
    link->next = dev->graveyard;
    dev->graveyard = link;
}

void emu_link_died_locked(struct emu_device *dev, struct emu_link *link)
{
    if (link->state == EMU_LINK_GONE || (link->state == EMU_LINK_DEAD && !link->incoming))
        return;
    if (link->incoming) {
        /* What is in the rings was sent, and is delivered; the next round of progress retires the link. */
        link->ended = true;
        if (link->fd >= 0)
            close(link->fd);
        link->fd = -1;
        if (link->state != EMU_LINK_READY)
            emu_link_retire_locked(dev, link);
        return;
    }
    link->was_ready = link->was_ready || link->state == EMU_LINK_READY;
    if (link->state == EMU_LINK_READY)
        emu_link_drain_locked(dev, link); /* answers that came before the end */
    if (link->state == EMU_LINK_DEAD)
        return;
    if (link->state == EMU_LINK_READY)
        dev->counters.links_lost++;
    link->state = EMU_LINK_DEAD;
    release(link);
    emu_engine_link_died_locked(dev, link);
    link->waiting = 0;
}

enum emu_status emu_link_status(const struct emu_link *link)
{
    if (link->was_ready)
        return EMU_REMOTE_UNRESPONSIVE;
    /* Where a process has ended, its host's card is still there, and knows no such queue pair. */
    return link->refused ? EMU_REMOTE_BAD_DEST_QPN : EMU_REMOTE_UNREACHABLE;
}

bool emu_link_peer_partitioned(const struct emu_link *link)
{
    return link->peer_partitioned || (link->peer && atomic_load(&link->peer->partitioned));
}

void emu_links_announce_partition_locked(struct emu_device *dev)
{
    /* Over shared memory the peers see it in struct emu_shared. */
    for (struct emu_link *link = dev->outgoing; link; link = link->next) {
        if (link->state != EMU_LINK_READY || link->peer)
            continue;
        struct emu_frame *frame = link->wire->reserve(link, 0);
        if (!frame)
            continue;
        *frame = (struct emu_frame){.type = EMU_FRAME_PARTITION};
        link->wire->commit(link);
        link->wire->flush(link, true);
    }
}

static void check_locked(struct emu_device *dev, struct emu_link *link, uint64_t now)
{
    if (link->state == EMU_LINK_CONNECTING) {
        if (now >= link->deadline)
            emu_link_died_locked(dev, link);
        else if (link->fd < 0 && !emu_hello_begin_locked(dev, link))
            emu_link_died_locked(dev, link);
        return;
    }
    if (link->state == EMU_LINK_READY && link->out.start != link->out.end)
        link->wire->flush(link, false);
    if (link->state != EMU_LINK_READY || link->incoming || !dev->config.fault.partition)
        return;
    if (!emu_fault_partitioned_locked(dev, link->node, link, now))
        return;
    if (!link->partition_deadline) {
        link->partition_deadline = now + dev->config.timeout_ns;
    } else if (now >= link->partition_deadline) {
        dev->counters.partitioned += link->waiting;
        emu_link_died_locked(dev, link);
    }
}

void emu_links_check_locked(struct emu_device *dev, uint64_t now)
{
    struct emu_link *next;
    for (struct emu_link *link = dev->outgoing; link; link = next) {
        next = link->next;
        check_locked(dev, link, now);
    }
    for (struct emu_link *link = dev->incoming; link; link = next) {
        next = link->next;
        check_locked(dev, link, now);
    }
}
