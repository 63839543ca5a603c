/* Address handles: one a GID, whatever the number of ibv_create_ah() calls for it, as on the card. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "device.h"

static struct emu_ah *find(struct emu_device *dev, const union ibv_gid *gid)
{
    for (struct emu_ah *ah = dev->ahs; ah; ah = ah->next) {
        if (!memcmp(ah->gid.raw, gid->raw, sizeof(gid->raw)))
            return ah;
    }
    return NULL;
}

static bool number_in_use(struct emu_device *dev, uint16_t ahn)
{
    for (struct emu_ah *ah = dev->ahs; ah; ah = ah->next) {
        if (ah->ahn == ahn)
            return true;
    }
    return false;
}

uint16_t emu_ah_lookup_locked(struct emu_device *dev, uint16_t node)
{
    return dev->ahn_by_node[node];
}

bool emu_ah_known_locked(struct emu_device *dev, uint16_t node)
{
    return dev->ahn_by_node[node] != EMU_UNKNOWN_AHN;
}

static struct emu_ah *create_locked(struct emu_device *dev, const union ibv_gid *gid)
{
    struct emu_ah *ah = calloc(1, sizeof(*ah));
    if (!ah)
        return NULL;
    ah->gid = *gid;
    do {
        if (++dev->ahn_next == EMU_UNKNOWN_AHN)
            dev->ahn_next = 1;
    } while (number_in_use(dev, dev->ahn_next));
    ah->ahn = dev->ahn_next;
    ah->foreign = !emu_gid_node(dev, gid, &ah->node);
    ah->next = dev->ahs;
    dev->ahs = ah;
    if (!ah->foreign) {
        dev->ahn_by_node[ah->node] = ah->ahn;
        atomic_fetch_or(&dev->shared->ah_nodes[ah->node / 64], 1ull << (ah->node % 64));
    }
    return ah;
}

EMU_EXPORT struct ibv_ah *ibv_create_ah(struct ibv_pd *pd, struct ibv_ah_attr *attr)
{
    struct emu_device *dev = emu_of(pd->context);
    if (attr->port_num != 1 || !attr->is_global) {
        errno = EINVAL;
        return NULL;
    }
    struct emu_ah_ref *ref = calloc(1, sizeof(*ref));
    if (!ref) {
        errno = ENOMEM;
        return NULL;
    }
    emu_lock(&dev->lock);
    ref->ah = find(dev, &attr->grh.dgid);
    if (!ref->ah)
        ref->ah = create_locked(dev, &attr->grh.dgid);
    if (ref->ah)
        ref->ah->references++;
    emu_unlock(&dev->lock);
    if (!ref->ah) {
        free(ref);
        errno = ENOMEM;
        return NULL;
    }
    ref->ibv.context = pd->context;
    ref->ibv.pd = pd;
    ref->ibv.handle = ref->ah->ahn;
    return &ref->ibv;
}

EMU_EXPORT int ibv_destroy_ah(struct ibv_ah *ibv)
{
    struct emu_ah_ref *ref = (struct emu_ah_ref *)ibv;
    struct emu_device *dev = emu_of(ibv->context);
    emu_lock(&dev->lock);
    struct emu_ah *ah = ref->ah;
    if (--ah->references == 0) {
        struct emu_ah **at = &dev->ahs;
        while (*at != ah)
            at = &(*at)->next;
        *at = ah->next;
        if (!ah->foreign && dev->active) {
            dev->ahn_by_node[ah->node] = EMU_UNKNOWN_AHN;
            atomic_fetch_and(&dev->shared->ah_nodes[ah->node / 64], ~(1ull << (ah->node % 64)));
        }
        free(ah);
    }
    emu_unlock(&dev->lock);
    free(ref);
    return 0;
}

EMU_EXPORT int efadv_query_ah(struct ibv_ah *ibv, struct efadv_ah_attr *attr, uint32_t size)
{
    struct efadv_ah_attr all = {.ahn = ((struct emu_ah_ref *)ibv)->ah->ahn};
    if (size < offsetof(struct efadv_ah_attr, reserved))
        return EINVAL;
    memset(attr, 0, size);
    memcpy(attr, &all, size < sizeof(all) ? size : sizeof(all));
    return 0;
}
