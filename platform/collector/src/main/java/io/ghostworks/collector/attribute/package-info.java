/** The actions on attributes that the processors {@code attributes} and {@code resource} share. */
@NullMarked
package io.ghostworks.collector.attribute;

import org.jspecify.annotations.NullMarked;
