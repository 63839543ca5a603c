/**
 * libfabric from Java. {@link io.weft.fabric.Fabric#discover} finds providers; {@link
 * io.weft.fabric.Fabric}, {@link io.weft.fabric.Domain}, {@link io.weft.fabric.AddressVector},
 * {@link io.weft.fabric.CompletionQueue} and {@link io.weft.fabric.Endpoint} are opened in that
 * order and close in reverse.
 */
package io.weft.fabric;
