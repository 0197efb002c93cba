/* TinyMCE plugin: mark the selection as personal data.
 *
 * A mark is <span class="pm-mark" data-pm-id="" data-pm-cat="person">…</span>. The server gives it its id when the
 * text is saved: the same words get the same id. A mark that changes its category, or that is pasted, loses
 * the id it had, as that id may be another person's in the text it comes to.
 */
(function () {
  "use strict";

  var WORDS = {
    fr: {
      button: "Donnée personnelle",
      tooltip: "Marquer la sélection comme donnée personnelle (Ctrl+Alt+P : personne)",
      unmark: "Retirer la marque",
      nothing: "Sélectionnez d'abord le texte à masquer au public.",
      marked: "Masqué au public : ",
      unmarked: "La marque est retirée.",
      all: "Marquer toutes les mentions",
      marked_all: "Mentions marquées : ",
      categories: [
        ["person", "Personne"],
        ["address", "Adresse"],
        ["birth-date", "Date de naissance"],
        ["birth-place", "Lieu de naissance"],
        ["national-number", "Numéro national"],
        ["account", "Numéro de compte"],
        ["phone", "Téléphone"],
        ["e-mail", "Adresse électronique"],
        ["plate", "Plaque d'immatriculation"],
        ["parcel", "Parcelle cadastrale"],
        ["other", "Autre donnée"],
      ],
    },
    en: {
      button: "Personal data",
      tooltip: "Mark the selection as personal data (Ctrl+Alt+P: person)",
      unmark: "Remove the mark",
      nothing: "First select the text to hide from the public.",
      marked: "Hidden from the public: ",
      unmarked: "The mark is removed.",
      all: "Mark every mention",
      marked_all: "Mentions marked: ",
      categories: [
        ["person", "Person"],
        ["address", "Address"],
        ["birth-date", "Date of birth"],
        ["birth-place", "Place of birth"],
        ["national-number", "National number"],
        ["account", "Bank account"],
        ["phone", "Phone number"],
        ["e-mail", "E-mail address"],
        ["plate", "Number plate"],
        ["parcel", "Land parcel"],
        ["other", "Other data"],
      ],
    },
  };
  var MARK = "span[data-pm-cat]";
  var ICON =
    '<svg width="24" height="24" viewBox="0 0 24 24"><path d="M12 3a4 4 0 1 1 0 8 4 4 0 0 1 0-8Zm-8 18c0-4 ' +
    '3.6-7 8-7s8 3 8 7H4Z"/><path d="M2 10.2h20v2.6H2z"/></svg>';

  tinymce.PluginManager.add("personaldata", function (editor) {
    var language = (document.documentElement.lang || "fr").slice(0, 2);
    var words = WORDS[language] || WORDS.fr;

    function current() {
      return editor.dom.getParent(editor.selection.getNode(), MARK);
    }

    /* The marks that the selection touches. */
    function touched() {
      var range = editor.selection.getRng();
      var found = editor.dom.select(MARK).filter(function (mark) {
        return range.intersectsNode(mark) && !range.collapsed;
      });
      var around = current();
      return around && found.indexOf(around) < 0 ? found.concat(around) : found;
    }

    function say(text) {
      editor.notificationManager.open({ text: text, type: "info", timeout: 2500 });
    }

    function label(category) {
      var entry = words.categories.find(function (each) {
        return each[0] === category;
      });
      return entry ? entry[1] : category;
    }

    function unmark() {
      editor.undoManager.transact(function () {
        var bookmark = editor.selection.getBookmark();
        touched().forEach(function (mark) {
          editor.dom.remove(mark, true);
        });
        editor.selection.moveToBookmark(bookmark);
      });
      editor.nodeChanged();
      say(words.unmarked);
    }

    function mark(category) {
      var around = current();
      if (!around && !editor.selection.getContent({ format: "text" }).trim()) {
        say(words.nothing);
        return;
      }
      editor.undoManager.transact(function () {
        if (around && (editor.selection.isCollapsed() || touched().length === 1 && around.contains(
          editor.selection.getRng().commonAncestorContainer))) {
          if (around.getAttribute("data-pm-cat") !== category) {
            editor.dom.setAttribs(around, { "data-pm-cat": category, "data-pm-id": "" });
          }
          return;
        }
        trim();
        var bookmark = editor.selection.getBookmark();
        touched().forEach(function (inner) {
          editor.dom.remove(inner, true);
        });
        editor.selection.moveToBookmark(bookmark);
        editor.formatter.apply("personaldata", { category: category });
      });
      editor.nodeChanged();
      say(words.marked + label(category).toLowerCase());
    }

    /* Mark what reads like the mark around the caret, wherever it stands in this text. */
    function markAll() {
      var around = current();
      if (!around) {
        return;
      }
      var category = around.getAttribute("data-pm-cat");
      var id = around.getAttribute("data-pm-id") || "";
      var parts = around.textContent.trim().split(/[\s\u00a0]+/).map(function (word) {
        return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      });
      var pattern = new RegExp("(?<![\\p{L}\\p{N}])" + parts.join("[\\s\\u00a0]+") + "(?![\\p{L}\\p{N}])", "giu");
      var found = 0;
      editor.undoManager.transact(function () {
        var walker = document.createTreeWalker(editor.getBody(), NodeFilter.SHOW_TEXT);
        var texts = [];
        while (walker.nextNode()) {
          if (!editor.dom.getParent(walker.currentNode, MARK)) {
            texts.push(walker.currentNode);
          }
        }
        texts.forEach(function (text) {
          Array.from(text.data.matchAll(pattern)).reverse().forEach(function (match) {
            var range = editor.dom.createRng();
            range.setStart(text, match.index);
            range.setEnd(text, match.index + match[0].length);
            var mark = editor.dom.create("span", {
              class: "pm-mark", "data-pm-id": id, "data-pm-cat": category,
            });
            range.surroundContents(mark);
            found += 1;
          });
        });
      });
      editor.nodeChanged();
      say(words.marked_all + found);
    }

    /* A double click selects the space after a word too: it isn't part of a name. */
    function trim() {
      var range = editor.selection.getRng().cloneRange();
      var start = range.startContainer;
      var end = range.endContainer;
      while (start.nodeType === 3 && /^\s$/.test(start.data.charAt(range.startOffset)) &&
        (start !== end || range.startOffset < range.endOffset)) {
        range.setStart(start, range.startOffset + 1);
      }
      while (end.nodeType === 3 && range.endOffset > 0 && /^\s$/.test(end.data.charAt(range.endOffset - 1)) &&
        (start !== end || range.endOffset > range.startOffset)) {
        range.setEnd(end, range.endOffset - 1);
      }
      editor.selection.setRng(range);
    }

    function items(callback) {
      var around = current();
      var category = around ? around.getAttribute("data-pm-cat") : null;
      var entries = words.categories.map(function (entry) {
        return {
          type: "togglemenuitem",
          text: entry[1],
          active: entry[0] === category,
          shortcut: entry[0] === "person" ? "Ctrl+Alt+P" : undefined,
          onAction: function () {
            mark(entry[0]);
          },
        };
      });
      if (touched().length) {
        entries.push({ type: "separator" });
        entries.push({ type: "menuitem", text: words.unmark, onAction: unmark });
        if (around) {
          entries.push({ type: "menuitem", text: words.all, onAction: markAll });
        }
      }
      callback(entries);
    }

    editor.ui.registry.addIcon("personaldata", ICON);
    editor.ui.registry.addMenuButton("personaldata", {
      icon: "personaldata",
      text: words.button,
      tooltip: words.tooltip,
      fetch: items,
    });
    editor.ui.registry.addButton("personaldata_unmark", {
      text: words.unmark,
      onAction: unmark,
    });
    editor.ui.registry.addButton("personaldata_all", {
      text: words.all,
      onAction: markAll,
    });
    editor.ui.registry.addNestedMenuItem("personaldata", {
      icon: "personaldata",
      text: words.button,
      getSubmenuItems: function () {
        var entries = [];
        items(function (found) {
          entries = found;
        });
        return entries;
      },
    });
    editor.ui.registry.addContextMenu("personaldata", {
      update: function () {
        return current() || !editor.selection.isCollapsed() ? "personaldata" : "";
      },
    });
    editor.ui.registry.addContextToolbar("personaldata", {
      predicate: function (node) {
        return editor.dom.is(node, MARK);
      },
      items: "personaldata personaldata_all personaldata_unmark",
      position: "node",
      scope: "node",
    });
    editor.addShortcut("ctrl+alt+p", words.tooltip, function () {
      mark("person");
    });

    editor.on("init", function () {
      // The frame is named as its field, for those who go from frame to frame.
      var label = document.querySelector('label[for="' + editor.id + '"]');
      editor.iframeElement.title = label ? label.firstChild.textContent.trim() : editor.id;
      editor.formatter.register("personaldata", {
        inline: "span",
        classes: "pm-mark",
        attributes: { "data-pm-id": "", "data-pm-cat": "%category" },
        exact: true,
      });
    });
    editor.on("PreInit", function () {
      // The arrow keys can leave a mark at its end, so that what is typed next isn't part of it.
      var inline = editor.options.get("inline_boundaries_selector") || "a[href],code";
      editor.options.set("inline_boundaries_selector", inline + "," + MARK);
      var menus = editor.options.get("contextmenu") || "";
      editor.options.set("contextmenu", ["personaldata"].concat(menus));
    });
    editor.on("PastePostProcess", function (event) {
      event.node.querySelectorAll(MARK).forEach(function (mark) {
        mark.setAttribute("data-pm-id", "");
      });
    });

    return {
      getMetadata: function () {
        return { name: words.button, url: "https://github.com/collective/collective.deliberation" };
      },
    };
  });
})();
