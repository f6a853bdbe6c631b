/** Tests of segments against groups that were planted and against the definitions. */
package dev.persona.profiling.segment;
