/** A report before it is written: headings, words, tables and charts; the same for all formats. */
package io.weft.bench.report.document;
