/* How a program finds the device: the list, opening, the attributes of device and port, and sysfs. */
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "device.h"

/* verbs.h turns these into macros over the context's operations. */
#undef ibv_query_port

static void find_sysfs(char *path, size_t size)
{
    Dl_info info;
    char found[PATH_MAX];
    if (!dladdr((void *)&emu_device, &info) || !info.dli_fname)
        emu_config_fail("LD_PRELOAD", "", "does not tell where the library lies", "a path");
    /* A program that has the device compiled in goes by the name it was started with, which need not be a path. */
    if (!realpath(strchr(info.dli_fname, '/') ? info.dli_fname : "/proc/self/exe", found))
        emu_config_fail("LD_PRELOAD", info.dli_fname, "cannot be found", "a path");
    *strrchr(found, '/') = 0;
    /* Half of the room that libfabric has for a path under it. */
    if (strlen(found) > 150)
        emu_config_fail(
            "LD_PRELOAD", info.dli_fname, "is too long a path", "a library in a directory of at most 150 characters");
    snprintf(path, size, "%.150s/sysfs", found);
    char file[256];
    snprintf(file, sizeof(file), "%s/class/infiniband_verbs/abi_version", path);
    if (access(file, R_OK))
        emu_config_fail("LD_PRELOAD", info.dli_fname, "has no readable directory 'sysfs' beside it",
            "the library as built, with its sysfs directory");
}

/* setenv() is not safe in a program with threads, and a JVM has many by the time libfabric is loaded: so it is here. */
__attribute__((constructor)) static void start(void)
{
    struct emu_device *dev = &emu_device;
    char sysfs[200];
    emu_config_read(&dev->config);
    find_sysfs(sysfs, sizeof(sysfs));
    setenv("SYSFS_PATH", sysfs, 1);
    dev->ibv.node_type = IBV_NODE_UNSPECIFIED;
    dev->ibv.transport_type = IBV_TRANSPORT_UNSPECIFIED;
    strcpy(dev->ibv.name, "efa_emu0");
    strcpy(dev->ibv.dev_name, "uverbs0");
    snprintf(dev->ibv.dev_path, sizeof(dev->ibv.dev_path), "%s/class/infiniband_verbs/uverbs0", sysfs);
    snprintf(dev->ibv.ibdev_path, sizeof(dev->ibv.ibdev_path), "%s/class/infiniband/efa_emu0", sysfs);
}

EMU_EXPORT struct ibv_device **ibv_get_device_list(int *count)
{
    struct ibv_device **list = calloc(2, sizeof(*list));
    if (!list)
        return NULL;
    list[0] = &emu_device.ibv;
    if (count)
        *count = 1;
    return list;
}

EMU_EXPORT void ibv_free_device_list(struct ibv_device **list)
{
    free(list);
}

EMU_EXPORT const char *ibv_get_device_name(struct ibv_device *device)
{
    return device->name;
}

EMU_EXPORT int ibv_get_device_index(struct ibv_device *device)
{
    (void)device;
    return 0;
}

EMU_EXPORT __be64 ibv_get_device_guid(struct ibv_device *device)
{
    (void)device;
    __be64 guid;
    union ibv_gid gid = emu_gid(&emu_device, emu_device.node);
    memcpy(&guid, gid.raw + 8, sizeof(guid));
    return guid;
}

static int query_port(struct ibv_context *context, uint8_t port, struct ibv_port_attr *attr, size_t size)
{
    struct ibv_port_attr all = {
        .state = IBV_PORT_ACTIVE,
        .max_mtu = IBV_MTU_4096,
        .active_mtu = IBV_MTU_4096,
        .gid_tbl_len = 1,
        .max_msg_sz = EMU_MTU,
        .pkey_tbl_len = 1,
        .lmc = 1,
        .max_vl_num = 1,
        /* The slowest link there is: this device's speed says nothing about the card's. */
        .active_width = 1,
        .active_speed = 1,
        .phys_state = 5,
        .link_layer = IBV_LINK_LAYER_UNSPECIFIED,
    };
    (void)context;
    if (port != 1)
        return EINVAL;
    memset(attr, 0, size);
    memcpy(attr, &all, size < sizeof(all) ? size : sizeof(all));
    return 0;
}

/* For callers compiled before the operation was in the context: they pass the structure without its last members. */
EMU_EXPORT int ibv_query_port(struct ibv_context *context, uint8_t port, struct _compat_ibv_port_attr *attr)
{
    return query_port(context, port, (struct ibv_port_attr *)attr, offsetof(struct ibv_port_attr, port_cap_flags2));
}

static struct ibv_qp *create_qp_ex(struct ibv_context *context, struct ibv_qp_init_attr_ex *attr)
{
    return emu_qp_create(context, attr, false, 0);
}

static struct ibv_cq_ex *create_cq_ex(struct ibv_context *context, struct ibv_cq_init_attr_ex *attr)
{
    return efadv_create_cq(context, attr, NULL, 0);
}

static int query_device_ex(struct ibv_context *context, const struct ibv_query_device_ex_input *input,
    struct ibv_device_attr_ex *attr, size_t size)
{
    if (input && input->comp_mask)
        return EINVAL;
    memset(attr, 0, size);
    return ibv_query_device(context, &attr->orig_attr);
}

EMU_EXPORT struct ibv_context *ibv_open_device(struct ibv_device *device)
{
    struct emu_context *context = calloc(1, sizeof(*context));
    if (!context) {
        errno = ENOMEM;
        return NULL;
    }
    int error = emu_device_open(&emu_device);
    if (error) {
        free(context);
        errno = error;
        return NULL;
    }
    context->dev = &emu_device;
    struct verbs_context *verbs = &context->verbs;
    verbs->sz = sizeof(*verbs);
    verbs->query_port = query_port;
    verbs->create_qp_ex = create_qp_ex;
    verbs->create_cq_ex = create_cq_ex;
    verbs->query_device_ex = query_device_ex;
    verbs->context.device = device;
    verbs->context.abi_compat = __VERBS_ABI_IS_EXTENDED;
    verbs->context.cmd_fd = -1;
    verbs->context.async_fd = -1;
    verbs->context.num_comp_vectors = 1;
    pthread_mutex_init(&verbs->context.mutex, NULL);
    verbs->context.ops.poll_cq = emu_poll_cq;
    verbs->context.ops.req_notify_cq = emu_req_notify_cq;
    verbs->context.ops.post_send = emu_post_send;
    verbs->context.ops.post_recv = emu_post_recv;
    return &verbs->context;
}

EMU_EXPORT int ibv_close_device(struct ibv_context *ibv)
{
    struct emu_context *context = (struct emu_context *)((char *)ibv - offsetof(struct emu_context, verbs.context));
    pthread_mutex_destroy(&ibv->mutex);
    emu_device_close(context->dev);
    free(context);
    return 0;
}

EMU_EXPORT int ibv_query_device(struct ibv_context *context, struct ibv_device_attr *attr)
{
    struct emu_device *dev = emu_of(context);
    memset(attr, 0, sizeof(*attr));
    /* Where a program learns, through fi_info's nic->device_attr->firmware, that there is no card. */
    strcpy(attr->fw_ver, "emulated");
    memcpy(&attr->node_guid, dev->gid.raw + 8, 8);
    attr->sys_image_guid = attr->node_guid;
    attr->max_mr_size = 1ull << 40;
    attr->page_size_cap = 4096;
    attr->vendor_id = 0x1d0f;
    /* The provider tells generations of the card by this number: read from the second, write from the third. */
    attr->vendor_part_id = 0xefa0 + dev->config.generation - 1;
    attr->hw_ver = 0;
    attr->max_qp = EMU_MAX_QP;
    attr->max_qp_wr = EMU_MAX_RQ_WR;
    attr->max_sge = EMU_MAX_SQ_SGE;
    attr->max_sge_rd = 1;
    attr->max_cq = 4096;
    attr->max_cqe = EMU_MAX_CQE;
    attr->max_mr = EMU_MAX_MR - 1;
    attr->max_pd = 1024;
    attr->max_ah = EMU_MAX_AH;
    attr->max_pkeys = 1;
    attr->phys_port_cnt = 1;
    return 0;
}

EMU_EXPORT int efadv_query_device(struct ibv_context *context, struct efadv_device_attr *attr, uint32_t size)
{
    struct emu_device *dev = emu_of(context);
    struct efadv_device_attr all = {
        .max_sq_wr = EMU_MAX_SQ_WR,
        .max_rq_wr = EMU_MAX_RQ_WR,
        .max_sq_sge = EMU_MAX_SQ_SGE,
        .max_rq_sge = EMU_MAX_RQ_SGE,
        .inline_buf_size = EMU_INLINE,
        .device_caps = EMU_CAP_RNR_RETRY | EMU_CAP_CQ_WITH_SGID,
    };
    if (size < offsetof(struct efadv_device_attr, inline_buf_size))
        return EINVAL;
    if (dev->config.generation >= 2) {
        all.device_caps |= EMU_CAP_RDMA_READ;
        all.max_rdma_size = EMU_MAX_RDMA;
    }
    if (dev->config.generation >= 3)
        all.device_caps |= EMU_CAP_RDMA_WRITE | EMU_CAP_UNSOLICITED_WRITE_RECV;
    memset(attr, 0, size);
    memcpy(attr, &all, size < sizeof(all) ? size : sizeof(all));
    return 0;
}

EMU_EXPORT int ibv_query_gid(struct ibv_context *context, uint8_t port, int index, union ibv_gid *gid)
{
    if (port != 1 || index != 0) {
        errno = EINVAL;
        return -1;
    }
    *gid = emu_of(context)->gid;
    return 0;
}

EMU_EXPORT int ibv_query_pkey(struct ibv_context *context, uint8_t port, int index, __be16 *pkey)
{
    (void)context;
    if (port != 1 || index != 0) {
        errno = EINVAL;
        return -1;
    }
    *pkey = 0xffff;
    return 0;
}

EMU_EXPORT struct ibv_pd *ibv_alloc_pd(struct ibv_context *context)
{
    struct ibv_pd *pd = calloc(1, sizeof(*pd));
    if (pd)
        pd->context = context;
    return pd;
}

EMU_EXPORT int ibv_dealloc_pd(struct ibv_pd *pd)
{
    free(pd);
    return 0;
}

/* Registering needs no pinned pages here, so a fork() is harmless to the parent. */
EMU_EXPORT int ibv_fork_init(void)
{
    return 0;
}

EMU_EXPORT enum ibv_fork_status ibv_is_fork_initialized(void)
{
    return IBV_FORK_UNNEEDED;
}
