/**
 * What is told and how in general: notifications, their templates, and the seam of receivers
 * ({@link io.ghostworks.alertmanager.notify.Integration}, {@link
 * io.ghostworks.alertmanager.notify.Sender}) with their HTTP transport. Knows no kind of receiver
 * and no route.
 */
package io.ghostworks.alertmanager.notify;
