// Words only.
page.onLang(() => page.translate(element));
page.translate(element);
