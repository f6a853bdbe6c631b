/** What people did, read from a file and divided at a day. */
package dev.persona.evaluate.history;
