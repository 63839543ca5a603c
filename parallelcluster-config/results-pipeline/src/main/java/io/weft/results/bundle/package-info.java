/** Result bundles on disk: their manifest is trusted, or the bundle is refused. */
package io.weft.results.bundle;
