/**
 * Protocols in and out. The root package holds what all of them share: the error for bytes that are
 * not what they should be, and the count of refused rows. No servers here: bytes become batches,
 * and batches become bytes. Knows the model only.
 */
package io.ghostworks.wire;
