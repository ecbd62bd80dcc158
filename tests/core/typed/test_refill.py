"""What was kept stands in the form again, beside what stands there now; everything else of the page stays as it is."""

from lxml import html as markup

from core.typed.refill import refilled

PAGE = """<!doctype html><main id="content"><h1>改 &amp; 存</h1>
<form method="post" action="/other/"><input name="name" value="别的"></form>
<form method="post" id="own" action=""><input type="hidden" name="csrfmiddlewaretoken" value="T">
<input type="hidden" name="t-TOTAL_FORMS" value="1">
<input name="name" value="甲&quot;" maxlength="40"><input type="checkbox" name="tick" value="a" checked>
<input type="checkbox" name="tick" value="b"><input type="radio" name="r" value="1" checked>
<input type="radio" name="r" value="2">
<select name="kind"><option value="">--</option>
<option value="x" selected>X</option><option value="y">Y</option></select>
<textarea name="text">
旧</textarea><input type="password" name="secret"><input type="file" name="file">
<button name="step" value="save">存</button></form>
<input form="own" type="checkbox" name="figure" value="7"></main>"""
TYPED = {
    "name": ["乙<b>"],
    "tick": ["b"],
    "r": ["2"],
    "kind": ["y"],
    "text": ["新\n两行"],
    "figure": ["7"],
    "t-TOTAL_FORMS": ["5"],
    "secret": ["泄露"],
    "step": ["save"],
}


def filled(action="/page/", fields=TYPED):
    return refilled(PAGE, address="/page/", action=action, fields=fields, notice="<p>放回</p>")


def form_of(page):
    return markup.fromstring(page).get_element_by_id("own")


def test_every_kind_of_field_is_filled_in():
    found = filled()
    form = form_of(found.page)
    assert found.is_placed
    assert form.fields["name"] == "乙<b>"
    assert [box.get("value") for box in form.xpath(".//input[@name='tick'][@checked]")] == ["b"]
    assert [box.get("value") for box in form.xpath(".//input[@name='r'][@checked]")] == ["2"]
    assert (form.fields["kind"], form.fields["text"].strip()) == ("y", "新\n两行")
    root = markup.fromstring(found.page)
    assert root.xpath("//input[@name='figure'][@checked]"), "a field outside the form that belongs to it"
    assert form.xpath("./preceding-sibling::p")[-1].text == "放回"


def test_what_stands_now_is_said_beside_it():
    notes = [note.text for note in form_of(filled().page).find_class("kept-now")]
    assert notes == ['现在为：甲"', "现在为：X", "现在为：旧"]


def test_tokens_passwords_buttons_and_the_number_of_rows_stay_those_of_the_page():
    found = filled()
    assert 'name="csrfmiddlewaretoken" value="T"' in found.page and 'name="t-TOTAL_FORMS" value="1"' in found.page
    assert "泄露" not in found.page
    assert '<button name="step" value="save">' in found.page


def test_the_rest_of_the_page_is_the_same_to_the_byte():
    found = filled(fields={"name": ['甲"']})
    assert found.page.replace("<p>放回</p>", "") == PAGE.replace(' value="甲&quot;"', ' value="甲&quot;"').replace(
        '<input type="checkbox" name="tick" value="a" checked>', '<input type="checkbox" name="tick" value="a">'
    )


def test_what_has_no_place_is_left():
    found = filled(fields={"name": ["乙"], "gone": ["丙", ""], "empty": [""]})
    assert found.left == {"gone": ["丙", ""]}
    nowhere = filled(action="/elsewhere/")
    assert (nowhere.is_placed, nowhere.page, set(nowhere.left)) == (False, PAGE, set(TYPED) - {"t-TOTAL_FORMS"})
