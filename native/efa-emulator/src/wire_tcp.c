/* The wire between hosts, or network namespaces: frames in a TCP stream, 8-byte aligned in the buffers at both ends. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "link.h"

enum {
    BUFFER = 1024 * 1024,
    LARGEST = (int)sizeof(struct emu_frame) + EMU_FRAME_PAYLOAD,
};

static uint32_t padded(uint32_t payload)
{
    return (uint32_t)sizeof(struct emu_frame) + ((payload + 7) & ~7u);
}

static bool ready(struct emu_tcp_buffer *buffer)
{
    if (buffer->data)
        return true;
    buffer->data = malloc(BUFFER);
    buffer->capacity = buffer->data ? BUFFER : 0;
    buffer->start = buffer->end = 0;
    return buffer->data;
}

/* Moves what is left to the front. */
static void compact(struct emu_tcp_buffer *buffer)
{
    if (!buffer->start)
        return;
    memmove(buffer->data, buffer->data + buffer->start, buffer->end - buffer->start);
    buffer->end -= buffer->start;
    buffer->start = 0;
}

static void push(struct emu_link *link)
{
    struct emu_tcp_buffer *out = &link->out;
    while (out->start < out->end && link->fd >= 0) {
        ssize_t sent = send(link->fd, out->data + out->start, out->end - out->start, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EINTR)
                continue;
            if (errno != EAGAIN && errno != EWOULDBLOCK)
                link->ended = true;
            return;
        }
        out->start += (size_t)sent;
    }
    if (out->start == out->end)
        out->start = out->end = 0;
}

static struct emu_frame *reserve(struct emu_link *link, uint32_t payload)
{
    struct emu_tcp_buffer *out = &link->out;
    uint32_t size = padded(payload);
    if (payload > EMU_FRAME_PAYLOAD || !ready(out))
        return NULL;
    if (out->end + size > out->capacity) {
        push(link);
        /* Only whole multiples of 8 may be cut off the front, or frames would lose their alignment. */
        size_t keep = out->start & 7;
        out->start -= keep;
        compact(out);
        out->start += keep;
        if (out->end + size > out->capacity)
            return NULL;
    }
    link->out_reserved = size;
    return (struct emu_frame *)(out->data + out->end);
}

static void commit(struct emu_link *link)
{
    struct emu_frame *frame = (struct emu_frame *)(link->out.data + link->out.end);
    /* Padding is sent too; it must not be memory's leftovers. */
    memset((char *)(frame + 1) + frame->length, 0, link->out_reserved - sizeof(*frame) - frame->length);
    link->out.end += link->out_reserved;
    link->out_reserved = 0;
}

static void pull(struct emu_link *link)
{
    struct emu_tcp_buffer *in = &link->in;
    if (in->capacity - in->end < (size_t)LARGEST)
        compact(in);
    while (link->fd >= 0 && in->end < in->capacity) {
        ssize_t got = recv(link->fd, in->data + in->end, in->capacity - in->end, MSG_DONTWAIT);
        if (got > 0) {
            in->end += (size_t)got;
            return;
        }
        if (got < 0 && errno == EINTR)
            continue;
        if (got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK))
            link->ended = true;
        return;
    }
}

static struct emu_frame *complete_frame(struct emu_link *link)
{
    struct emu_tcp_buffer *in = &link->in;
    size_t held = in->end - in->start;
    struct emu_frame *frame = (struct emu_frame *)(in->data + in->start);
    if (held < sizeof(*frame))
        return NULL;
    if (frame->length > EMU_FRAME_PAYLOAD) {
        link->ended = true;
        in->start = in->end;
        return NULL;
    }
    return held < padded(frame->length) ? NULL : frame;
}

static struct emu_frame *peek(struct emu_link *link)
{
    if (!ready(&link->in))
        return NULL;
    struct emu_frame *frame = complete_frame(link);
    if (!frame) {
        pull(link);
        frame = complete_frame(link);
    }
    return frame;
}

static void consume(struct emu_link *link)
{
    struct emu_tcp_buffer *in = &link->in;
    struct emu_frame *frame = (struct emu_frame *)(in->data + in->start);
    in->start += padded(frame->length);
    if (in->start == in->end)
        in->start = in->end = 0;
}

static void flush(struct emu_link *link, bool ring)
{
    (void)ring;
    push(link);
}

static void release(struct emu_link *link)
{
    free(link->in.data);
    free(link->out.data);
    memset(&link->in, 0, sizeof(link->in));
    memset(&link->out, 0, sizeof(link->out));
}

const struct emu_wire emu_wire_tcp = {"tcp", reserve, commit, peek, consume, flush, release};
