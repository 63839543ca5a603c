/**
 * What {@code weft doctor} looks at. A {@link io.weft.cli.doctor.Probe} reads the machine through a
 * {@link io.weft.cli.doctor.Machine} and says what it found; other modules bring probes of their
 * own.
 */
package io.weft.cli.doctor;
