/* Facts as templates see them: a name is a row of the fact's table. */
#ifndef OUTPUT_VIEW_H
#define OUTPUT_VIEW_H

#include "facts/facts.h"
#include "template/template.h"

struct view facts_view(const struct fact *fact);
/* For template_options.offer_names. */
void facts_offer_names(struct view view, struct nearest *nearest);

#endif
