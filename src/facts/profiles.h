/* The config_setting that the profiles select on. */
#ifndef FACTS_PROFILES_H
#define FACTS_PROFILES_H

#include "facts/resolver.h"

#define RELEASE_SETTING "release"

/* The target itself, for the root package. Only where r->profile_flags is set. */
struct fact_call *profiles_setting(struct resolver *r);

#endif
