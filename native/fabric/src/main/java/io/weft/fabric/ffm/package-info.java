/** libfabric as C has it: functions, operation tables and layouts under their C names. */
package io.weft.fabric.ffm;
