/** Reports as HTML, Markdown, CSV and JSON. */
package io.weft.bench.report.format;
