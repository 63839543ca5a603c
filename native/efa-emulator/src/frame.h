/* What travels on a wire: a header of fixed size and up to EMU_FRAME_PAYLOAD bytes. Both ends have the same byte order.
 */
#ifndef EMU_FRAME_H
#define EMU_FRAME_H

#include <stdint.h>

enum emu_frame_type {
    /* from the process that initiates an operation */
    EMU_FRAME_SEND = 1,  /* payload: the message */
    EMU_FRAME_READ,      /* asks for total bytes at address */
    EMU_FRAME_WRITE,     /* payload: the bytes for address; the piece with EMU_FRAME_LAST ends the operation */
    EMU_FRAME_WRITE_IMM, /* the data is in place already; delivers the immediate value alone */
    EMU_FRAME_BULK,      /* much of the registration rkey is read or written at once */
    EMU_FRAME_PARTITION, /* this process is cut off from the receiver's node from now on */
    /* from the process that serves it */
    EMU_FRAME_ACK = 16, /* status of the operation that token names */
    EMU_FRAME_DATA,     /* payload: bytes of a read, from offset address of it */
};

enum {
    EMU_FRAME_LAST = 1,
    EMU_FRAME_IMM = 2,
    EMU_FRAME_WANT_ACK = 4,
    EMU_FRAME_CLAIMED = 8, /* the sender holds a receive credit for it */
};

struct emu_frame {
    uint8_t type;
    uint8_t flags;
    uint16_t source_qpn;
    uint16_t target_qpn;
    uint16_t status;
    uint32_t length; /* of the payload */
    uint32_t imm;
    uint32_t qkey;
    uint32_t token;
    uint32_t rkey;
    uint32_t total;
    uint64_t address;
};

enum {
    EMU_MTU = 8928,                /* the longest message, as on the card */
    EMU_FRAME_PAYLOAD = 32 * 1024, /* the longest piece of an RDMA transfer by copy */
};

#endif
