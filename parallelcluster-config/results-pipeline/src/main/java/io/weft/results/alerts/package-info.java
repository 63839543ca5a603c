/** Tells people of runs that failed: once each, whoever noticed it first. */
package io.weft.results.alerts;
