/**
 * Which alerts keep others from being told, by the rules of the configuration. Knows no group and
 * sends nothing.
 */
package io.ghostworks.alertmanager.inhibit;
