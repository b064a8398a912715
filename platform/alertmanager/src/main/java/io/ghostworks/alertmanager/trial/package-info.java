/**
 * What notifications would look like, and whether they arrive: test sends and previews. Changes no
 * state and is no part of delivery; knows the configuration and the seam of receivers.
 */
package io.ghostworks.alertmanager.trial;
