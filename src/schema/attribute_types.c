#include "schema/attribute.h"

const char *
attribute_type_name(enum attribute_type type)
{
	switch (type) {
	case ATTRIBUTE_ANY:
		return "any value";
	case ATTRIBUTE_STRING:
		return "text";
	case ATTRIBUTE_BOOL:
		return "true or false";
	case ATTRIBUTE_INT:
		return "a whole number";
	case ATTRIBUTE_LABEL:
		return "a label";
	case ATTRIBUTE_STRING_LIST:
		return "a list of text";
	case ATTRIBUTE_LABEL_LIST:
		return "a list of labels";
	case ATTRIBUTE_STRING_DICT:
		return "a mapping from text to text";
	case ATTRIBUTE_STRING_LIST_DICT:
		return "a mapping from text to lists of text";
	case ATTRIBUTE_LABEL_STRING_DICT:
		return "a mapping from labels to text";
	case ATTRIBUTE_STRING_LABEL_DICT:
		return "a mapping from text to labels";
	case ATTRIBUTE_INT_LIST:
		return "a list of whole numbers";
	}
	return "";
}
