/** The words {@code bench}, {@code bench report} and {@code bench compare} of {@code weft}. */
package io.weft.bench.report.command;
