/*
 * Links: connections between processes. A link belongs to the operations of one direction: the process that opened it
 * ("outgoing" there) sends requests on it, the other ("incoming" there) answers on it. Two processes that talk in both
 * directions have two links, so neither has to agree on who opens one.
 *
 * A link owns its socket, its memory and its buffers. All of it is guarded by the device's lock.
 *
 * Liveness is the socket's: when a process ends, however it ends, the kernel closes it, and the peer's service thread
 * sees that at once, in any PID namespace. What the dead process had put in the rings before is still delivered.
 */
#ifndef EMU_LINK_H
#define EMU_LINK_H

#include <sys/types.h>

#include "device.h"
#include "ring.h"

enum {
    EMU_FORWARD_CHUNKS = 2048, /* 128 MiB at most: 8,192 messages of the greatest length and room to spare */
    EMU_REVERSE_CHUNKS = 128,
};

/* CONNECTING: no hello from the other side yet. GONE: an incoming link that only waits to be freed. */
enum emu_link_state { EMU_LINK_CONNECTING, EMU_LINK_READY, EMU_LINK_DEAD, EMU_LINK_GONE };

struct emu_link;

struct emu_wire {
    const char *name;
    /* A frame with room for a payload behind it, or NULL when there is none now; the caller sets all its fields. */
    struct emu_frame *(*reserve)(struct emu_link *link, uint32_t payload);
    void (*commit)(struct emu_link *link);
    /* The oldest frame with its payload behind it, or NULL; valid until consumed. */
    struct emu_frame *(*peek)(struct emu_link *link);
    void (*consume)(struct emu_link *link);
    /* Gets committed frames on their way. ring: the peer must look even if it does not poll. */
    void (*flush)(struct emu_link *link, bool ring);
    void (*release)(struct emu_link *link);
};

/* A read of ours by a peer that is under way: the rest still to be sent. */
struct emu_served_read {
    uint32_t token, rkey, total, sent;
    uint64_t address;
    struct emu_served_read *next;
};

struct emu_tcp_buffer {
    char *data;
    size_t start, end, capacity;
};

/* What was posted at a queue pair when it was last looked at: the line it stands in is the receiver's to write. */
struct emu_seen {
    uint32_t state;
    uint64_t posted;
};

struct emu_link {
    struct emu_link *next;
    const struct emu_wire *wire;
    enum emu_link_state state;
    bool incoming;
    bool was_ready;
    bool refused; /* the other process is not there, its host says; as opposed to no answer */
    bool ended;   /* the other process is gone; frames may be left */
    uint16_t node, slot;
    int fd;                      /* -1: none, or not yet */
    bool fd_connecting;          /* TCP: connect() under way */
    uint64_t deadline;           /* while connecting */
    uint64_t partition_deadline; /* 0, or when a partition ends the link */
    unsigned waiting;            /* outgoing: requests in flight on it */
    struct emu_served_read *reads, *last_read;

    /* wire_shm.c */
    void *memory;
    size_t memory_size;
    int memory_fd;
    struct emu_ring_tx tx;
    struct emu_ring_rx rx;
    struct emu_claims *claims;  /* behind the rings; the sender's to write */
    struct emu_seen *seen;      /* outgoing: of EMU_MAX_QP */
    uint64_t spent[EMU_MAX_QP]; /* incoming: messages that came with a claim, by queue pair */
    struct emu_shared *peer;
    pid_t pid;
    bool vm; /* the peer's memory can be reached directly */

    /* wire_tcp.c */
    struct emu_tcp_buffer in, out;
    uint32_t out_reserved;
    bool peer_partitioned;
};

extern const struct emu_wire emu_wire_shm, emu_wire_tcp;

/* The link for requests to a process, opened if need be; it may be connecting or dead. NULL: out of memory. */
struct emu_link *emu_link_get_locked(struct emu_device *dev, uint16_t node, uint16_t slot);
struct emu_link *emu_link_add_incoming_locked(struct emu_device *dev, const struct emu_wire *wire, int fd);

/* The other side is gone, did not answer, or broke the protocol. */
void emu_link_died_locked(struct emu_device *dev, struct emu_link *link);
/* What requests to the other side of a dead link end with. */
enum emu_status emu_link_status(const struct emu_link *link);
/* An incoming link has nothing left to deliver. */
void emu_link_retire_locked(struct emu_device *dev, struct emu_link *link);
void emu_link_free(struct emu_link *link);

/* Connecting, deadlines and partitions of all links. */
void emu_links_check_locked(struct emu_device *dev, uint64_t now);
void emu_links_announce_partition_locked(struct emu_device *dev);
bool emu_link_peer_partitioned(const struct emu_link *link);

/* hello.c: the handshake. begin opens the socket and says hello; false when the peer is not there. event reads an
 * answer. */
bool emu_hello_begin_locked(struct emu_device *dev, struct emu_link *link);
void emu_hello_event_locked(struct emu_device *dev, struct emu_link *link);
void emu_hello_accept_locked(struct emu_device *dev, int listener, const struct emu_wire *wire);
/* Sockets to listen on. A slot that another process has is no error: returns EADDRINUSE. */
int emu_hello_listen_unix(struct emu_device *dev, uint16_t node, uint16_t slot, int *fd);
int emu_hello_listen_tcp(struct emu_device *dev, uint16_t node, uint16_t slot, int *fd);

/* wire_shm.c: makes the rings of an outgoing link; maps what a peer passed (fds are closed). false: errno tells. */
bool emu_shm_create(struct emu_link *link);
bool emu_shm_adopt_rings(struct emu_link *link, int fd);
bool emu_shm_adopt_peer(struct emu_link *link, int fd);

/* proto.c: takes and handles frames until there are none or one cannot be handled yet */
void emu_link_drain_locked(struct emu_device *dev, struct emu_link *link);
void emu_link_serve_reads_locked(struct emu_device *dev, struct emu_link *link);

/* rdma.c: moves a pending RDMA request on; may complete it */
void emu_rdma_move_locked(struct emu_qp *qp, struct emu_wqe *wqe, struct emu_link *link, uint64_t now);
/* Whether the peer's queue pair is there and the request's key is its own. */
bool emu_target_is_good(struct emu_link *link, const struct emu_wqe *wqe, bool ud);
bool emu_local_memory_is_good(const struct emu_qp *qp, const struct emu_wqe *wqe);
void emu_gather(const struct emu_wqe *wqe, uint32_t offset, char *out, uint32_t length);
void emu_scatter(const struct emu_wqe *wqe, uint32_t offset, const char *in, uint32_t length);

#endif
