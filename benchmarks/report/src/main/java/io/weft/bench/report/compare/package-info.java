/** Whether one result file is slower than another beyond noise. */
package io.weft.bench.report.compare;
