/**
 * Runs that end without their result: the marker of a run, notes of ended jobs, and who reads both.
 */
package io.weft.cli.spool;
