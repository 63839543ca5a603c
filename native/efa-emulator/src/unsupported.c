/*
 * What libibverbs and libefa have and the EFA card has not. Each is defined here nevertheless: a call that reached the
 * real library would hand it this device's objects, which it would take for its own.
 */
#include <errno.h>
#include <stddef.h>

#include "device.h"

#undef ibv_get_device_list

#define NO_POINTER(name)                                                                                               \
    EMU_EXPORT void *emu_no_##name(void) __asm__(#name);                                                               \
    EMU_EXPORT void *emu_no_##name(void)                                                                               \
    {                                                                                                                  \
        errno = EOPNOTSUPP;                                                                                            \
        return NULL;                                                                                                   \
    }

#define NO_ERROR_CODE(name)                                                                                            \
    EMU_EXPORT int emu_no_##name(void) __asm__(#name);                                                                 \
    EMU_EXPORT int emu_no_##name(void)                                                                                 \
    {                                                                                                                  \
        return EOPNOTSUPP;                                                                                             \
    }

#define NO_MINUS_ONE(name)                                                                                             \
    EMU_EXPORT int emu_no_##name(void) __asm__(#name);                                                                 \
    EMU_EXPORT int emu_no_##name(void)                                                                                 \
    {                                                                                                                  \
        errno = EOPNOTSUPP;                                                                                            \
        return -1;                                                                                                     \
    }

/* no shared receive queues, multicast, windows, imported objects, or device memory */
NO_POINTER(ibv_create_srq)
NO_ERROR_CODE(ibv_modify_srq)
NO_ERROR_CODE(ibv_query_srq)
NO_ERROR_CODE(ibv_destroy_srq)
NO_ERROR_CODE(ibv_attach_mcast)
NO_ERROR_CODE(ibv_detach_mcast)
NO_ERROR_CODE(ibv_rereg_mr)
NO_ERROR_CODE(ibv_resize_cq)
NO_POINTER(ibv_import_device)
NO_POINTER(ibv_import_pd)
NO_POINTER(ibv_import_mr)
NO_POINTER(ibv_import_dm)
NO_ERROR_CODE(ibv_query_ece)
NO_ERROR_CODE(ibv_set_ece)

/* an address handle comes from a GID only */
NO_POINTER(ibv_create_ah_from_wc)
NO_ERROR_CODE(ibv_init_ah_from_wc)
NO_MINUS_ONE(ibv_resolve_eth_l2_from_gid)

/* no asynchronous events, partition keys other than the default, or GID tables */
NO_MINUS_ONE(ibv_get_async_event)
NO_MINUS_ONE(ibv_get_pkey_index)
NO_ERROR_CODE(_ibv_query_gid_ex)
NO_MINUS_ONE(ibv_query_gid_type)

/* _ibv_query_gid_table() returns a negative errno */
EMU_EXPORT ssize_t emu_no_gid_table(void) __asm__("_ibv_query_gid_table");
EMU_EXPORT ssize_t emu_no_gid_table(void)
{
    return -EOPNOTSUPP;
}

/* The queues are not laid out as the card's: libfabric's direct data path, which writes them itself, stays off. */
NO_ERROR_CODE(efadv_query_cq)
NO_ERROR_CODE(efadv_query_qp_wqs)

/* later completion-queue and counter objects of libefa */
NO_POINTER(efadv_create_comp_cntr)
NO_ERROR_CODE(efadv_get_max_sq_depth)
NO_ERROR_CODE(efadv_get_max_rq_depth)

/* newer libefa; the queue pair is the extended one itself, but there is nothing more to reach through it */
NO_POINTER(efadv_qp_from_ibv_qp_ex)
