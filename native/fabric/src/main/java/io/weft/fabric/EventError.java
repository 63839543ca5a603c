package io.weft.fabric;

/**
 * Something that failed out of sight, {@code struct fi_eq_err_entry} of fi_eq(3).
 *
 * @param context the context of what it happened to
 * @param data what belongs to it
 * @param code the error number, fi_errno(3)
 * @param text libfabric's text for {@code code}
 * @param providerText the provider's own text
 */
public record EventError(long context, long data, int code, String text, String providerText) {}
