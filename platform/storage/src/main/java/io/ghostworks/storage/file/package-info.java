/**
 * The file system as the storage engines see it: one interface, the real disk, and a simulated disk
 * that loses, tears and refuses by a seed.
 *
 * <p>Nothing in the product touches a data file except through this package. Depends on nothing.
 */
@NullMarked
package io.ghostworks.storage.file;

import org.jspecify.annotations.NullMarked;
