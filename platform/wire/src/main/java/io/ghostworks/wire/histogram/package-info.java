/**
 * What native histograms from outside must fulfil, whatever format brought them; knows no format.
 */
package io.ghostworks.wire.histogram;
