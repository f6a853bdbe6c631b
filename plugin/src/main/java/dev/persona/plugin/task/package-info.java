/** Long jobs: their task, its phases and progress, and waiting for them or not. */
package dev.persona.plugin.task;
