//! How many members are in which collections: two or three as circles that overlap, more as columns with dots. The same
//! counts stand in a table, with the names.

use crate::components::isolated_name;
use crate::text::format::number;
use crate::text::sets as text;
use shared::setops::Region;
use yew::prelude::*;

/// How many columns a plot has; the table has all of them.
const COLUMNS: usize = 12;

/// Where the circles of a Venn diagram have their centres. Their radius is 50.
const CENTRES: [(usize, usize); 3] = [(90, 60), (150, 60), (120, 110)];

/// Where the counts of a Venn diagram stand: by the bits of the region, for two circles and for three.
const TWO: [(usize, usize); 3] = [(65, 65), (175, 65), (120, 65)];
const THREE: [(usize, usize); 7] = [
    (65, 50),
    (175, 50),
    (120, 50),
    (120, 145),
    (85, 95),
    (155, 95),
    (120, 82),
];

/// The picture, what its letters stand for, and the table.
pub fn picture(names: &[&str], regions: &[Region]) -> Html {
    html! {
        <figure class="sets">
            { if names.len() <= CENTRES.len() { venn(names.len(), regions) } else { plot(names.len(), regions) } }
            <figcaption>
                <ul class="plain">
                    for (number, name) in names.iter().enumerate() {
                        <li>{ text::letter(number) }{ ": " }{ isolated_name(name) }</li>
                    }
                </ul>
                <details>
                    <summary>{ text::AS_TABLE }</summary>
                    { table(names, regions) }
                </details>
            </figcaption>
        </figure>
    }
}

fn svg(height: usize, inner: Html) -> Html {
    html! {
        <svg viewBox={format!("0 0 240 {height}")} role="img" aria-labelledby="sets-title sets-more">
            <title id="sets-title">{ text::PICTURE }</title>
            <desc id="sets-more">{ text::PICTURE_MORE }</desc>
            { inner }
        </svg>
    }
}

fn label(x: usize, y: usize, class: &'static str, said: String) -> Html {
    html! { <text {class} x={x.to_string()} y={y.to_string()}>{ said }</text> }
}

fn venn(sets: usize, regions: &[Region]) -> Html {
    let counts: &[(usize, usize)] = if sets == 2 { &TWO } else { &THREE };
    let count = |bits: u64| {
        let found = regions.iter().find(|region| region.sets == bits);
        found.map_or(0, |region| region.members as u64)
    };
    let circle = |(number, (x, y)): (usize, &(usize, usize))| {
        // A letter stands outside of its circle: beside the upper ones, below the lower one.
        let (dx, dy) = [(30, 15), (210, 15), (175, 155)][number];
        html! {
            <>
                <circle cx={x.to_string()} cy={y.to_string()} r="50" />
                { label(dx, dy, "sets__name", text::letter(number)) }
            </>
        }
    };
    let circles = CENTRES.iter().take(sets).enumerate().map(circle);
    let numbers = counts
        .iter()
        .zip(1..)
        .map(|((x, y), bits)| label(*x, *y, "sets__count", number(count(bits))));
    let height = if sets == 2 { 120 } else { 170 };
    svg(height, circles.chain(numbers).collect())
}

fn plot(sets: usize, regions: &[Region]) -> Html {
    let most = regions.first().map_or(1, |region| region.members);
    let dots = |x: usize, region: &Region| -> Html {
        let dot = |set: usize| {
            let class = if region.sets >> set & 1 == 1 {
                "sets__in"
            } else {
                "sets__out"
            };
            html! { <circle {class} cx={x.to_string()} cy={(105 + 14 * set).to_string()} r="4" /> }
        };
        (0..sets).map(dot).collect()
    };
    let column = |(region, x): (&Region, usize)| {
        let height = (70 * region.members / most).max(1);
        html! {
            <>
                { label(x, 85 - height, "sets__count", number(region.members as u64)) }
                <rect
                    x={(x - 5).to_string()}
                    y={(90 - height).to_string()}
                    width="10"
                    height={height.to_string()}
                />
                { dots(x, region) }
            </>
        }
    };
    let columns = regions
        .iter()
        .take(COLUMNS)
        .zip((28..).step_by(18))
        .map(column);
    let letters = (0..sets).map(|set| label(8, 109 + 14 * set, "sets__name", text::letter(set)));
    svg(105 + 14 * sets, letters.chain(columns).collect())
}

fn table(names: &[&str], regions: &[Region]) -> Html {
    let within = |region: &Region| -> Html {
        let inside = (0..names.len()).filter(|set| region.sets >> set & 1 == 1);
        inside
            .map(|set| html! { <li>{ isolated_name(names[set]) }</li> })
            .collect()
    };
    html! {
        <table class="sets__table">
            <thead>
                <tr>
                    <th scope="col">{ text::ONLY_IN }</th>
                    <th scope="col" class="number">{ text::TRAITS }</th>
                </tr>
            </thead>
            <tbody>
                for region in regions {
                    <tr>
                        <td><ul class="plain">{ within(region) }</ul></td>
                        <td class="number">{ number(region.members as u64) }</td>
                    </tr>
                }
            </tbody>
        </table>
    }
}
