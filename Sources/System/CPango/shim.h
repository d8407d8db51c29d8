#pragma once
#include <cairo.h>
#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <hb.h>
#include <hb-ft.h>
#include <hb-subset.h>
#include <pango/pangocairo.h>
#include <stdlib.h>

/* A font in memory, as long as Cairo wants it. */
typedef struct {
    FT_Library library;
    FT_Face face;
    hb_blob_t *bytes;
} gg_memory_font;

static inline void gg_memory_font_free(void *closure) {
    gg_memory_font *font = closure;
    if (font->face) FT_Done_Face(font->face);
    if (font->library) FT_Done_FreeType(font->library);
    hb_blob_destroy(font->bytes);
    free(font);
}

/* The Cairo face of a font in memory; takes the bytes over. NULL where they are no font. */
static inline cairo_font_face_t *gg_cairo_face_of_font(hb_blob_t *bytes) {
    static const cairo_user_data_key_t key;
    gg_memory_font *font = calloc(1, sizeof *font);
    font->bytes = bytes;
    unsigned int length;
    const char *data = hb_blob_get_data(bytes, &length);
    if (FT_Init_FreeType(&font->library) || FT_New_Memory_Face(font->library, (const FT_Byte *)data, length, 0, &font->face)) {
        gg_memory_font_free(font);
        return NULL;
    }
    cairo_font_face_t *face = cairo_ft_font_face_create_for_ft_face(font->face, FT_LOAD_NO_HINTING);
    if (cairo_font_face_set_user_data(face, &key, font, gg_memory_font_free)) {
        cairo_font_face_destroy(face);
        gg_memory_font_free(font);
        return NULL;
    }
    return face;
}
