package io.weft.fabric;

/**
 * Something that happened to an object, or was written by hand, {@code struct fi_eq_entry} of
 * fi_eq(3).
 *
 * @param type its name in libfabric, such as {@code FI_NOTIFY}
 * @param context the context of what it happened to, or the writer's
 * @param data what belongs to it
 */
public record Event(String type, long context, long data) {}
